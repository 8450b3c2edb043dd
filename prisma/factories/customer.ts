import type { Customer } from '@/generated/prisma/client';
import type { CustomerUncheckedCreateInput } from '@/generated/prisma/models';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';

export function makeCustomer(overrides: Partial<CustomerUncheckedCreateInput> = {}): Promise<Customer> {
  const id = overrides.id ?? uuidv7();
  return db.customer.create({
    data: { id, name: 'Example Customer', email: `customer-${id}@example.com`, ...overrides },
  });
}
