import { z } from 'zod';
import type { Prisma } from '@/generated/prisma/client';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { after, containing, NEWEST_FIRST, type Page, readCursor, toPage } from '@/lib/keyset';
import { getModule } from '@/modules/registry';
import { openFields } from '@/modules/sdk/fields';
import { moduleName } from '../modules/queries';
import { type ProductFilter, type ProductOption, productOption } from './schema';

export interface ProductItem {
  id: string;
  name: string;
  description: string;
  moduleSlug: string;
  moduleName: string;
  group: { id: string; name: string } | null;
  /** Without what the module marks as secret. */
  moduleSettings: Record<string, unknown>;
  configOptions: ProductOption[];
  isActive: boolean;
  createdAt: string;
}

const PARTS = { module: true, serverGroup: { select: { id: true, name: true } } } as const;
type Row = Prisma.ProductGetPayload<{ include: typeof PARTS }>;
const jsonObject = z.record(z.string(), z.unknown());

export async function listProducts(input: ProductFilter): Promise<Page<ProductItem>> {
  const { search, isActive } = input;
  const rows = await db.product.findMany({
    where: {
      AND: [
        search ? { OR: [{ name: containing(search) }, { description: containing(search) }] } : {},
        isActive === undefined ? {} : { isActive },
        after(readCursor(input.cursor)),
      ],
    },
    orderBy: NEWEST_FIRST,
    take: input.limit + 1,
    include: PARTS,
  });
  const page = toPage(rows, input.limit);
  return { ...page, items: await Promise.all(page.items.map(toItem)) };
}

export async function getProduct(id: string): Promise<ProductItem> {
  const row = await db.product.findUnique({ where: { id }, include: PARTS });
  if (!row) throw notFound('product');
  return toItem(row);
}

async function toItem(row: Row): Promise<ProductItem> {
  const module = await getModule(row.module.slug);
  const settings = jsonObject.safeParse(row.moduleSettings).data ?? {};
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    moduleSlug: row.module.slug,
    moduleName: moduleName(row.module),
    group: row.serverGroup,
    moduleSettings: module?.settingsSchema ? openFields(module.settingsSchema, settings) : {},
    configOptions: z.array(productOption).safeParse(row.configOptions).data ?? [],
    isActive: row.isActive,
    createdAt: row.createdAt.toISOString(),
  };
}
