import { callPanel } from '@/features/servers/call-panel';
import type { OpenServer } from '@/features/servers/server-access';
import type { Tx } from '@/lib/db';
import type { ModuleService } from '@/modules/sdk/contract';
import type { ModuleError, ModulePending } from '@/modules/sdk/errors';
import { inTurn, type Run, type StepEnd } from './claim-operation';
import { parkOperation } from './park-operation';

const LONGEST_POLL_SECONDS = 300;
const ASK_AGAIN_SECONDS = 30;

export interface PendingWork {
  run: Run;
  open: OpenServer;
  service: ModuleService;
}

export type Resumed<T> =
  | { end: 'done'; value: T }
  /** Asked again later. */
  | { end: 'parked'; step: StepEnd }
  /** The panel says that what it had accepted came to nothing, or can no longer say how it ended. */
  | { end: 'failed'; error: ModuleError };

/** Keeps what a panel gave us to find the work again. */
export async function keepPending(tx: Tx, operationId: string, pending: ModulePending): Promise<void> {
  await tx.operation.update({ where: { id: operationId }, data: { pendingRef: pending.ref.slice(0, 2000) } });
}

export function parkPending(run: Run, open: OpenServer, pending: ModulePending): Promise<StepEnd> {
  const seconds = Math.min(Math.max(Math.ceil(pending.pollAfterMs / 1000), 1), LONGEST_POLL_SECONDS);
  const server = { id: open.record.id, name: open.record.name };
  const note = pending.note?.slice(0, 500) ?? null;
  return inTurn(run, (tx) =>
    parkOperation(tx, run, { code: 'still-building', server, note, percent: pending.percent ?? null }, seconds),
  );
}

/** Asks the panel how the work ended that it had accepted. Only asking: it needs no lease and may be repeated. */
export async function resumePending<T>(
  work: PendingWork,
  ref: string,
  read: (value: unknown) => T,
): Promise<Resumed<T>> {
  const { run, open, service } = work;
  const resume = open.module.resume?.bind(open.module);
  if (!resume) throw new Error('resume of a module that cannot');
  const answer = await callPanel(
    open,
    { call: 'lookUp', operationId: run.operationId, serviceId: service.id },
    async (ctx) => read(await resume(ref, service, open.server, ctx)),
  );
  if (answer.ok) {
    await forget(run);
    return { end: 'done', value: answer.value };
  }
  if (answer.pending) {
    const { pending } = answer;
    await inTurn(run, (tx) => keepPending(tx, run.operationId, pending));
    return { end: 'parked', step: await parkPending(run, open, pending) };
  }
  // The panel says that it came to nothing, or no longer knows of it: then the account itself is looked for.
  if (answer.error.outcome === 'refused' || answer.error.kind === 'not-found') {
    await forget(run);
    return { end: 'failed', error: answer.error };
  }
  const { kind, words } = answer.error;
  const server = { id: open.record.id, name: open.record.name };
  const step = await inTurn(run, (tx) =>
    parkOperation(tx, run, { code: 'looking-again', server, kind, words }, ASK_AGAIN_SECONDS),
  );
  return { end: 'parked', step };
}

async function forget(run: Run): Promise<void> {
  await inTurn(run, (tx) => tx.operation.update({ where: { id: run.operationId }, data: { pendingRef: null } }));
}
