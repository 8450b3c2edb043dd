import type { Service } from '@/generated/prisma/client';
import type { ServiceUncheckedCreateInput } from '@/generated/prisma/models';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { makeCustomer } from './customer';
import { makeProduct } from './product';

/** A service row without any operation: PENDING unless told otherwise. */
export async function makeService(overrides: Partial<ServiceUncheckedCreateInput> = {}): Promise<Service> {
  const id = overrides.id ?? uuidv7();
  const customerId = overrides.customerId ?? (await makeCustomer()).id;
  const productId = overrides.productId ?? (await makeProduct()).id;
  return db.service.create({ data: { id, customerId, productId, ...overrides } });
}
