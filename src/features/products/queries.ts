import { z } from 'zod';
import type { Prisma } from '@/generated/prisma/client';
import type { ServerType } from '@/generated/prisma/enums';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { containing, listOrder, type Page } from '@/lib/keyset';
import { getModule } from '@/modules/registry';
import { openFields } from '@/modules/sdk/fields';
import { moduleName } from '../modules/queries';
import { type ProductFilter, type ProductOption, productOption } from './schema';

export interface ProductItem {
  id: string;
  name: string;
  description: string;
  moduleId: string;
  moduleSlug: string;
  moduleName: string;
  group: { id: string; name: string } | null;
  /** Without what the module marks as secret. */
  moduleSettings: Record<string, unknown>;
  configOptions: ProductOption[];
  requiredTags: string[];
  requiredType: ServerType | null;
  /** null = removed at once. */
  terminateAfterDays: number | null;
  sendPassword: boolean;
  maxWaitHours: number;
  isActive: boolean;
  /** Counted up to 1,000. */
  serviceCount: number;
  createdAt: string;
}

export interface ProductDetail extends ProductItem {
  /** Settings that are set but never shown; a form sends nothing for them, and they stay. */
  closedSettings: string[];
}

const PARTS = { module: true, serverGroup: { select: { id: true, name: true } } } as const;
type Row = Prisma.ProductGetPayload<{ include: typeof PARTS }>;
const jsonObject = z.record(z.string(), z.unknown());

export async function listProducts(input: ProductFilter): Promise<Page<ProductItem>> {
  const { search, isActive, moduleSlug } = input;
  const order = listOrder(input);
  const rows = await db.product.findMany({
    where: {
      AND: [
        search ? { OR: [{ name: containing(search) }, { description: containing(search) }] } : {},
        isActive === undefined ? {} : { isActive },
        moduleSlug ? { module: { slug: moduleSlug } } : {},
        order.following,
      ],
    },
    orderBy: order.orderBy,
    take: input.limit + 1,
    include: PARTS,
  });
  const page = order.toPage(rows, input.limit);
  const counts = await countServices(page.items.map(({ id }) => id));
  return { ...page, items: await Promise.all(page.items.map((row) => toItem(row, counts.get(row.id) ?? 0))) };
}

export async function getProduct(id: string): Promise<ProductDetail> {
  const row = await db.product.findUnique({ where: { id }, include: PARTS });
  if (!row) throw notFound('product');
  const item = await toItem(row, (await countServices([id])).get(id) ?? 0);
  const stored = Object.keys(jsonObject.safeParse(row.moduleSettings).data ?? {});
  return { ...item, closedSettings: stored.filter((name) => !(name in item.moduleSettings)) };
}

/** Per product, and no further than 1,000: a product with a million services must not slow the list. */
async function countServices(ids: string[]): Promise<Map<string, number>> {
  const rows = await db.$queryRaw<{ id: string; count: number }[]>`
    SELECT p.id, (SELECT count(*)::int FROM (SELECT 1 FROM "Service" s WHERE s."productId" = p.id LIMIT 1000) bounded) AS count
    FROM unnest(${ids}::text[]) AS p(id)`;
  return new Map(rows.map(({ id, count }) => [id, count]));
}

async function toItem(row: Row, serviceCount: number): Promise<ProductItem> {
  const module = await getModule(row.module.slug);
  const settings = jsonObject.safeParse(row.moduleSettings).data ?? {};
  const { id, name, description, requiredTags, requiredType, terminateAfterDays, sendPassword } = row;
  return {
    id,
    name,
    description,
    requiredTags,
    requiredType,
    terminateAfterDays,
    sendPassword,
    serviceCount,
    moduleId: row.moduleId,
    moduleSlug: row.module.slug,
    moduleName: moduleName(row.module),
    group: row.serverGroup,
    moduleSettings: module?.settingsSchema ? openFields(module.settingsSchema, settings) : {},
    configOptions: z.array(productOption).safeParse(row.configOptions).data ?? [],
    maxWaitHours: row.maxWaitHours,
    isActive: row.isActive,
    createdAt: row.createdAt.toISOString(),
  };
}
