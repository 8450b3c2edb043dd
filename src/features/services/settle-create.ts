import { inTurn, type StepEnd } from '@/features/operations/claim-operation';
import { mayTakeNewKey, type NextStep, nextLookInSeconds } from '@/features/operations/decide-next';
import { handleProvisioningError } from '@/features/operations/handle-provisioning-error';
import { parkOperation, planRetry } from '@/features/operations/park-operation';
import { announceAfterCommit } from '@/features/operations/request-operation';
import { holdServer } from '@/features/servers/hold-server';
import type { Tx } from '@/lib/db';
import type { ModuleError } from '@/modules/sdk/errors';
import { leaveServer } from './leave-server';
import type { CreateWork } from './load-create';
import type { Found } from './look-up-account';
import { nextUsername } from './prepare-identity';

const FULL_FOR_PRODUCT_MINUTES = 15;
const PROBE_SECONDS = 30;

export interface FailedCreate {
  /** How the create itself ended. */
  error: ModuleError;
  /** What staff read: a look that failed afterwards has fresher news of the server. */
  shown: ModuleError;
  found?: Found | undefined;
}

/** Writes down what comes after a create that did not say "done": one transaction, in the run's turn. */
export async function settleCreate(work: CreateWork, next: NextStep, failed: FailedCreate): Promise<StepEnd> {
  return inTurn(work.run, async (tx) => {
    await tx.operation.update({
      where: { id: work.operation.id },
      data: {
        // Trouble of the server is not counted against the operation.
        ...(countsAsAttempt(next) && { attemptCount: work.operation.attemptCount }),
        ...(mayTakeNewKey(failed.error, work.clean) && { callNumber: { increment: 1 } }),
      },
    });
    return write(tx, work, next, failed);
  });
}

function countsAsAttempt(next: NextStep): boolean {
  return next.do !== 'hold-server' && next.do !== 'wait';
}

async function write(
  tx: Tx,
  work: CreateWork,
  next: NextStep,
  { shown: error, found }: FailedCreate,
): Promise<StepEnd> {
  const { run, open } = work;
  const server = { id: open.record.id, name: open.record.name };
  const { kind, words } = error;
  switch (next.do) {
    case 'retry':
      return planRetry(
        tx,
        run,
        { code: 'trying-again', server, kind, words, attempt: work.operation.attemptCount },
        next.afterSeconds,
      );
    case 'wait':
      return parkOperation(tx, run, { code: 'rate-limited', server, words }, next.afterSeconds);
    case 'look-again':
      return parkOperation(
        tx,
        run,
        { code: 'looking-again', server, kind, words },
        nextLookInSeconds(work.lostSecondsAgo ?? 0),
      );
    case 'hold-server':
      await holdServer(tx, server.id, kind, words);
      return (
        (await leaveServer(tx, work, 'server-held')) ??
        parkOperation(tx, run, { code: 'server-trouble', server, kind, words }, PROBE_SECONDS)
      );
    case 'full-for-product':
      await markFull(tx, work, words);
      return (
        (await leaveServer(tx, work, 'full-for-product', true)) ?? askAPerson(tx, work, 'cannot-tell', error, found)
      );
    case 'next-name':
      return (await tryNextName(tx, work)) ?? askAPerson(tx, work, 'not-ours', error, found);
    case 'fail':
      return handleProvisioningError(
        tx,
        run.operationId,
        'FAILED',
        next.code === 'gave-up'
          ? { code: 'gave-up', server, kind, words, attempts: work.operation.attemptCount }
          : { code: 'panel-refused', server, kind, words, field: error.field ?? null },
      );
    case 'ask-a-person':
      return askAPerson(tx, work, next.code, error, found);
    case 'look-up':
    case 'adopt':
    case 'test-server':
      throw new Error(`"${next.do}" has to be carried out before the create is settled`);
  }
}

function askAPerson(
  tx: Tx,
  work: CreateWork,
  code: 'not-ours' | 'cannot-tell',
  error: ModuleError,
  found: Found | undefined,
) {
  const server = { id: work.open.record.id, name: work.open.record.name };
  return handleProvisioningError(
    tx,
    work.run.operationId,
    'UNKNOWN',
    code === 'not-ours'
      ? { code, server, found: found?.found === 'other' ? found.words : error.words }
      : { code, server, kind: error.kind, words: error.words },
  );
}

async function markFull(tx: Tx, work: CreateWork, words: string): Promise<void> {
  await tx.$executeRaw`INSERT INTO "ServerFull" ("serverId", "productId", "until", "words")
    VALUES (${work.open.record.id}, ${work.service.product.id}, now() + make_interval(mins => ${FULL_FOR_PRODUCT_MINUTES}), ${words.slice(0, 500)})
    ON CONFLICT ("serverId", "productId") DO UPDATE SET "until" = EXCLUDED."until", "words" = EXCLUDED."words"`;
}

/**
 * The same server at once with the next user name: a new dispatch, so that the run stays short. Nothing when no name is
 * left.
 */
async function tryNextName(tx: Tx, { run, service, policies }: CreateWork): Promise<StepEnd | null> {
  const username = nextUsername(service, policies);
  if (username === null) return null;
  const announced = await tx.operation.update({
    where: { id: run.operationId },
    data: { state: 'QUEUED', dispatch: { increment: 1 }, runId: null, nextTryAt: null, staleAt: null },
  });
  await tx.service.update({ where: { id: service.id }, data: { username } });
  announceAfterCommit(announced);
  return { next: 'stop', why: 'next-name' };
}
