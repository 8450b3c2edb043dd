import type { Operation } from '@/generated/prisma/client';
import type { OperationUncheckedCreateInput } from '@/generated/prisma/models';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { makeService } from './service';

export async function makeOperation(overrides: Partial<OperationUncheckedCreateInput> = {}): Promise<Operation> {
  const id = overrides.id ?? uuidv7();
  const serviceId = overrides.serviceId ?? (await makeService()).id;
  return db.operation.create({
    data: {
      id,
      serviceId,
      kind: 'CREATE',
      requestedBy: { name: 'Ada Tester' },
      deadlineAt: new Date(Date.now() + 72 * 3600_000),
      ...overrides,
    },
  });
}
