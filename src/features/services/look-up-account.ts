import { addEvent } from '@/features/operations/add-event';
import { compareMarker } from '@/features/operations/compare-marker';
import { callPanel } from '@/features/servers/call-panel';
import type { OpenServer } from '@/features/servers/server-access';
import { db } from '@/lib/db';
import type { ModulePolicies, ModuleService, RemoteAccount } from '@/modules/sdk/contract';
import type { ModuleError } from '@/modules/sdk/errors';

export type Found =
  | { found: 'ours'; account: RemoteAccount }
  | { found: 'nothing' }
  | { found: 'other'; words: string }
  | { found: 'failed'; error: ModuleError }
  | { found: 'cannot' };

/** What a look needs to know, of a create as of any other operation. */
export interface LookWork {
  operation: { id: string };
  open: OpenServer;
  service: ModuleService;
  policies: ModulePolicies;
}

/**
 * Looks on the panel for the account of this service, and judges whether it is ours. Changes nothing there, so it needs
 * no lease. `sentAt`: when its create was first sent; null = nothing was, and what is found is never ours.
 */
export async function lookUpAccount(work: LookWork, sentAt: Date | null): Promise<Found> {
  const result = await look(work, sentAt);
  const server = work.open.record.name;
  const words = result.found === 'failed' ? result.error.words : result.found === 'other' ? result.words : null;
  if (result.found !== 'cannot')
    await addEvent(db, work.operation.id, 'looked-up', { server, found: result.found, words });
  return result;
}

async function look(work: LookWork, sentAt: Date | null): Promise<Found> {
  const { open, service, policies } = work;
  const getAccount = open.module.getAccount?.bind(open.module);
  if (!getAccount) return { found: 'cannot' };
  const answer = await callPanel(
    open,
    { call: 'lookUp', operationId: work.operation.id, serviceId: service.id },
    (ctx) => getAccount(service, open.server, ctx),
  );
  if (!answer.ok) {
    return answer.error.kind === 'not-found' ? { found: 'nothing' } : { found: 'failed', error: answer.error };
  }
  const account = answer.value;
  if (account === null) return { found: 'nothing' };
  const verdict = compareMarker(
    policies.proof,
    {
      serviceId: service.id,
      username: service.username,
      domain: service.domain,
      owner: open.module.getAccountOwner?.(open.server) ?? null,
    },
    account,
    sentAt,
  );
  return verdict.ours ? { found: 'ours', account } : { found: 'other', words: verdict.found };
}
