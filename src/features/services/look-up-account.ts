import { addEvent } from '@/features/operations/add-event';
import { compareMarker } from '@/features/operations/compare-marker';
import { callPanel } from '@/features/servers/call-panel';
import { db } from '@/lib/db';
import type { RemoteAccount } from '@/modules/sdk/contract';
import type { ModuleError } from '@/modules/sdk/errors';
import type { CreateWork } from './load-create';

export type Found =
  | { found: 'ours'; account: RemoteAccount }
  | { found: 'nothing' }
  | { found: 'other'; words: string }
  | { found: 'failed'; error: ModuleError }
  | { found: 'cannot' };

/**
 * Looks on the panel for the account of this create, and judges whether it is ours. Changes nothing there, so it needs
 * no lease. Found before anything was sent = never ours.
 */
export async function lookUpAccount(work: CreateWork, sentAt: Date | null): Promise<Found> {
  const result = await look(work, sentAt);
  const server = work.open.record.name;
  const words = result.found === 'failed' ? result.error.words : result.found === 'other' ? result.words : null;
  if (result.found !== 'cannot') await addEvent(db, work.operation.id, 'looked-up', { server, found: result.found, words });
  return result;
}

async function look(work: CreateWork, sentAt: Date | null): Promise<Found> {
  const { open, service, policies } = work;
  const getAccount = open.module.getAccount?.bind(open.module);
  if (!getAccount) return { found: 'cannot' };
  const answer = await callPanel(open, { call: 'lookUp', operationId: work.operation.id, serviceId: service.id }, (ctx) =>
    getAccount(service, open.server, ctx),
  );
  if (!answer.ok) {
    return answer.error.kind === 'not-found' ? { found: 'nothing' } : { found: 'failed', error: answer.error };
  }
  const account = answer.value;
  if (account === null) return { found: 'nothing' };
  const verdict = compareMarker(
    policies.proof,
    { serviceId: service.id, username: service.username, domain: service.domain },
    account,
    sentAt,
  );
  return verdict.ours ? { found: 'ours', account } : { found: 'other', words: verdict.found };
}
