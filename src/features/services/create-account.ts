import { env } from '@/env';
import { inTurn, type Run, type StepEnd } from '@/features/operations/claim-operation';
import {
  asNotDone,
  decideAfterCreate,
  type LookUp,
  mayRepeatBlindly,
  mayRepeatUnknown,
  type NextStep,
  rateLimitWait,
} from '@/features/operations/decide-next';
import { leaveStep } from '@/features/operations/enter-step';
import { parkPending, resumePending } from '@/features/operations/resume-pending';
import { type CallEnd, runPanelCall } from '@/features/operations/run-panel-call';
import { endQuietly } from '@/features/placement/select-server';
import { settleSeconds } from '@/features/servers/call-limits';
import { isWell, testServer } from '@/features/servers/test-server';
import { db } from '@/lib/db';
import type { CreateResult } from '@/modules/sdk/contract';
import { ModuleError } from '@/modules/sdk/errors';
import { adoptAccount } from './adopt-account';
import { keepResult, readCreateResult } from './create-result';
import { type CreateWork, loadCreate } from './load-create';
import { type Found, lookUpAccount } from './look-up-account';
import { readBack } from './read-back';
import { settleCreate } from './settle-create';
import { waitForServer } from './wait-for-server';

/**
 * Step `create-account`: exactly one account on the panel, whatever happened before.
 * What an earlier try may have left is looked for first; only then is anything sent.
 */
export async function createAccount(run: Run): Promise<StepEnd> {
  try {
    const work = await loadCreate(run);
    if ('next' in work) return work;
    const blocked = await waitForServer(work);
    if (blocked) return blocked;
    if (work.operation.pendingRef !== null && work.open.module.resume)
      return await resumeCreate(work, work.operation.pendingRef);
    return (await lookFirst(work)) ?? (await sendCreate(work));
  } catch (error) {
    return endQuietly(error);
  } finally {
    await leaveStep(run);
  }
}

/** What must be known before a create may be sent; null = it may. */
async function lookFirst(work: CreateWork): Promise<StepEnd | null> {
  const { sentAt, policies } = work;
  // A panel that refuses a double itself needs no look before the first try: its refusal is the look.
  if (sentAt === null && policies.duplicates === 'panel-refuses') return null;
  const found = await lookUpAccount(work, sentAt);
  if (
    found.found === 'nothing' &&
    (sentAt === null || mayRepeatUnknown({ duplicates: policies.duplicates, settled: isSettled(work) }))
  ) {
    return null;
  }
  if (found.found === 'cannot' && (sentAt === null || mayRepeatBlindly(policies.duplicates))) return null;
  if (found.found === 'ours') return found.account.unfinished ? null : adoptAccount(work, found.account);
  if (found.found === 'failed') {
    // A look that never gets through must end some day, like a call that never does.
    const counted = { ...work, operation: { ...work.operation, attemptCount: work.operation.attemptCount + 1 } };
    return sentAt === null
      ? judge(counted, { error: asNotDone(found.error) })
      : judge(counted, { error: lostAnswer(work, 'timeout'), found });
  }
  // What a look finds before the first create is a conflict, what it finds after a lost answer explains that answer.
  const failure = lostAnswer(work, sentAt === null ? 'conflict' : 'timeout');
  return judge(work, { error: failure, found });
}

function lostAnswer(work: CreateWork, kind: 'conflict' | 'timeout'): ModuleError {
  const last = work.placement.attempts.findLast((attempt) => attempt.outcome === 'unknown');
  const words = kind === 'conflict' ? 'The name, domain or external id is taken on the panel.' : 'The answer was lost.';
  return new ModuleError({ kind, words: last?.words ?? words });
}

async function sendCreate(work: CreateWork): Promise<StepEnd> {
  const { open, service, operation, run } = work;
  const ended: CallEnd<CreateResult> = await runPanelCall(run, {
    name: 'create',
    open,
    placementId: work.placement.id,
    serviceId: service.id,
    secrets: service.password === null ? [] : [service.password],
    digest: work.digest,
    idempotencyKey: `${operation.id}:${operation.callNumber}`,
    act: async (ctx) => readCreateResult(await open.module.create(service, open.server, ctx)),
    keep: (tx, result) => keepResult(tx, operation.id, result),
  });
  switch (ended.end) {
    case 'done':
      await readBack(work, ended.value);
      return { next: 'go-on' };
    case 'pending':
      return parkPending(run, open, ended.pending);
    case 'parked':
      return ended.step;
    case 'failed':
      return afterFailure(work, ended.error);
  }
}

/** The panel accepted an earlier create and was still building: it is asked how that ended, never told to build again. */
async function resumeCreate(work: CreateWork, ref: string): Promise<StepEnd> {
  const { run, operation, open, service } = work;
  const resumed = await resumePending({ run, open, service }, ref, readCreateResult);
  if (resumed.end === 'parked') return resumed.step;
  if (resumed.end === 'failed') return afterFailure(work, resumed.error);
  await inTurn(run, (tx) => keepResult(tx, operation.id, resumed.value));
  await readBack(work, resumed.value);
  return { next: 'go-on' };
}

async function afterFailure(work: CreateWork, error: ModuleError): Promise<StepEnd> {
  const lost = error.outcome === 'unknown';
  const after: CreateWork = {
    ...work,
    operation: { ...work.operation, attemptCount: work.operation.attemptCount + (reachedPanel(error) ? 1 : 0) },
    // This very call may have worked: from now on what we find and can prove is ours.
    sentAt: work.sentAt ?? (lost ? await firstLostAt(work) : null),
    lostSecondsAgo: lost ? 0 : work.lostSecondsAgo,
    clean: work.clean && !lost,
  };
  if (decide(after, { error }).do !== 'look-up') return judge(after, { error });
  const found = await lookUpAccount(after, after.sentAt);
  const whole = found.found === 'ours' && !found.account.unfinished;
  return whole ? adoptAccount(after, found.account) : judge(after, { error, found });
}

async function firstLostAt(work: CreateWork): Promise<Date | null> {
  const attempt = await db.operationAttempt.findFirst({
    where: { placementId: work.placement.id, outcome: 'unknown' },
    orderBy: { sentAt: 'asc' },
  });
  return attempt?.sentAt ?? null;
}

function reachedPanel(error: ModuleError): boolean {
  return error.outcome !== 'not-done' || error.kind === 'busy' || error.kind === 'timeout';
}

function isSettled(work: CreateWork): boolean {
  return work.lostSecondsAgo !== null && work.lostSecondsAgo >= settleSeconds(work.policies, work.open.record.timeouts);
}

interface Evidence {
  error: ModuleError;
  found?: Found;
  serverTest?: 'passed' | 'failed';
}

function lookUpOf(found: Found): LookUp {
  return found.found === 'ours' && found.account.unfinished ? 'unfinished' : found.found;
}

function decide(work: CreateWork, { error, found, serverTest }: Evidence): NextStep {
  if (found?.found === 'failed' && found.error.kind === 'rate-limited')
    return { do: 'wait', afterSeconds: rateLimitWait(found.error.retryAfterMs) };
  return decideAfterCreate(
    {
      failure: error,
      ...(found && { lookUp: lookUpOf(found) }),
      ...(serverTest && { serverTest }),
      attempts: work.operation.attemptCount,
      clean: work.clean,
      hasOtherName: work.policies.username !== undefined,
      duplicates: work.policies.duplicates,
      settled: isSettled(work),
    },
    env.HYBLE_RETRY_DELAYS,
  );
}

/** Decides, asking the server itself where the decision hangs on it, and writes the decision down. */
async function judge(work: CreateWork, evidence: Evidence): Promise<StepEnd> {
  let next = decide(work, evidence);
  if (next.do === 'test-server') {
    const verdict = await testServer(work.open);
    next = decide(work, { ...evidence, serverTest: isWell(verdict) ? 'passed' : 'failed' });
  }
  const { error, found } = evidence;
  // A look that failed has fresher news of the server than the create before it.
  return settleCreate(work, next, { error, shown: found?.found === 'failed' ? found.error : error, found });
}
