import { addEvent } from '@/features/operations/add-event';
import { inTurn, type StepEnd } from '@/features/operations/claim-operation';
import type { RemoteAccount } from '@/modules/sdk/contract';
import { keepResult } from './create-result';
import type { CreateWork } from './load-create';

/** The answer to our create was lost, but the account it made is there and proven ours: it becomes the service's. */
export async function adoptAccount(work: CreateWork, account: RemoteAccount): Promise<StepEnd> {
  return inTurn(work.run, async (tx): Promise<StepEnd> => {
    await keepResult(tx, work.operation.id, {
      remoteId: account.remoteId,
      ...(account.username !== undefined && { username: account.username }),
      ...(account.domain !== undefined && { domain: account.domain }),
      ...account.result,
    });
    await addEvent(tx, work.operation.id, 'adopted', { server: work.open.record.name, remoteId: account.remoteId });
    return { next: 'go-on' };
  });
}
