import type { Product } from '@/generated/prisma/client';
import type { ProductUncheckedCreateInput } from '@/generated/prisma/models';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { makeServerModule } from './server-module';

export async function makeProduct(overrides: Partial<ProductUncheckedCreateInput> = {}): Promise<Product> {
  const id = overrides.id ?? uuidv7();
  const moduleId = overrides.moduleId ?? (await makeServerModule()).id;
  return db.product.create({ data: { id, name: `Product ${id.slice(-6)}`, moduleId, ...overrides } });
}
