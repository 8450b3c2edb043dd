import { Prisma } from '@/generated/prisma/client';
import { systemContext } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { sealInput } from './change-input';
import { endFailedService } from './end-failed-service';
import { UNFINISHED_STATES } from './operation-states';
import { requestOperation } from './request-operation';
import { kindTowards, readWish } from './wishes';

/**
 * Starts what was wished for while something else ran. Called in the transaction that ends an operation: the newest wish
 * is the only one left, and one that has come true by now is dropped.
 */
export async function startWanted(tx: Tx, serviceId: string): Promise<void> {
  const service = await tx.service.findUniqueOrThrow({ where: { id: serviceId } });
  const wish = readWish(service.wanted);
  if (!wish) return;
  const unfinished = await tx.operation.count({ where: { serviceId, state: { in: [...UNFINISHED_STATES] } } });
  if (unfinished > 0) return;
  await tx.service.update({ where: { id: serviceId }, data: { wanted: Prisma.DbNull } });
  const kind = kindTowards(service.status, wish.status);
  if (kind) {
    const id = uuidv7();
    const asker = { ...systemContext(wish.actor.name) };
    await requestOperation(tx, asker, { id, serviceId, kind, input: await sealInput(id, { reason: wish.reason }) });
  } else if (wish.status === 'TERMINATED' && service.status === 'FAILED') {
    await endFailedService(tx, serviceId, wish.actor.name);
  }
}
