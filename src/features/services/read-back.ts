import { addEvent } from '@/features/operations/add-event';
import { callPanel } from '@/features/servers/call-panel';
import { db } from '@/lib/db';
import type { CreateResult } from '@/modules/sdk/contract';
import type { CreateWork } from './load-create';

/**
 * Looks at the account that the panel says it made. The panel's "done" stands either way; a look that fails or shows
 * something else is written down for staff.
 */
export async function readBack(work: CreateWork, result: CreateResult): Promise<void> {
  const { open, service } = work;
  const getAccount = open.module.getAccount?.bind(open.module);
  if (!getAccount) return;
  const made = {
    ...service,
    remoteId: result.remoteId ?? result.username ?? null,
    username: result.username ?? service.username,
  };
  const answer = await callPanel(
    open,
    { call: 'lookUp', operationId: work.operation.id, serviceId: service.id },
    (ctx) => getAccount(made, open.server, ctx),
  );
  const server = open.record.name;
  if (answer.ok && answer.value) {
    await addEvent(db, work.operation.id, 'read-back', { server, status: answer.value.status });
  } else {
    const words = answer.ok ? 'The panel says "done" but does not show the account yet.' : answer.error.words;
    await addEvent(db, work.operation.id, 'read-back-failed', { server, words });
  }
}
