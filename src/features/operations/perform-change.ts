import { env } from '@/env';
import { endQuietly } from '@/features/placement/select-server';
import { callPanel } from '@/features/servers/call-panel';
import { closedBecause, closedNow } from '@/features/servers/closed-because';
import { isWell, testServer } from '@/features/servers/test-server';
import { type Found, lookUpAccount } from '@/features/services/look-up-account';
import { db } from '@/lib/db';
import { ModuleError } from '@/modules/sdk/errors';
import { addEvent } from './add-event';
import { claimOperation, inTurn, type Run, type StepEnd } from './claim-operation';
import { type ChangeSeen, type ChangeStep, decideAfterChange } from './decide-after-change';
import { asNotDone, rateLimitWait } from './decide-next';
import { leaveStep } from './enter-step';
import { type ChangeWork, DONE, loadChange } from './load-change';
import { noteGone } from './note-gone';
import { parkOperation } from './park-operation';
import { parkPending, resumePending } from './resume-pending';
import { runPanelCall } from './run-panel-call';
import { type ChangeFailure, settleChange } from './settle-change';

const LOOK_AGAIN_SECONDS = 60;

/**
 * Step `act`: proves that the account is ours, changes it once, reads it back.
 * The proof stands directly before each call that changes something, so nothing can slip in between.
 */
export async function performChange(run: Run): Promise<StepEnd> {
  try {
    if (!(await claimOperation(run))) return { next: 'stop', why: 'another run has it' };
    const work = await loadChange(run);
    if ('next' in work) return work;
    const closed = await waitForServer(work);
    if (closed) return closed;
    if (work.operation.pendingRef !== null && work.open.module.resume)
      return await resumeChange(work, work.operation.pendingRef);
    return (await proveOwnership(work)) ?? (await sendChange(work));
  } catch (error) {
    return endQuietly(error);
  } finally {
    await leaveStep(run);
  }
}

/** A server that is held, off or offline gets no calls. null = it is open. */
async function waitForServer({ run, open }: ChangeWork): Promise<StepEnd | null> {
  if (closedBecause(open) === null) return null;
  return inTurn(run, async (tx) => {
    const reason = await closedNow(tx, open);
    return reason && parkOperation(tx, run, reason, LOOK_AGAIN_SECONDS);
  });
}

/** null = the account is there, ours, and still to be changed. */
async function proveOwnership(work: ChangeWork): Promise<StepEnd | null> {
  const found = await lookUpAccount(work, work.sentAt);
  if (found.found === 'ours') {
    const { open, operation, course, uncertain } = work;
    await addEvent(db, operation.id, 'ownership-proven', {
      server: open.record.name,
      remoteId: found.account.remoteId,
    });
    // An earlier call of this operation whose answer was lost did it: nothing is left to send.
    return uncertain && course.shows(found.account) === true ? finish(work) : null;
  }
  if (found.found === 'cannot')
    return ownRecordProves(work) ? null : settleChange(work, ASK, { error: unproven(), shown: unproven(), found });
  const lost = new ModuleError({ kind: 'timeout', words: 'The account could not be looked at.' });
  if (found.found !== 'failed') return judge(work, { error: lost, found });
  // A look that never gets through must end some day, like a call that never does.
  const counted = { ...work, operation: { ...work.operation, attemptCount: work.operation.attemptCount + 1 } };
  return judge(counted, work.uncertain ? { error: lost, found } : { error: asNotDone(found.error) });
}

const ASK: ChangeStep = { do: 'ask-a-person', code: 'cannot-tell' };

function unproven(): ModuleError {
  const words = 'This panel cannot show accounts, and no create of this service on this server is on record.';
  return new ModuleError({ kind: 'unsupported', words });
}

/** Where a panel cannot show accounts, what counts is that we ourselves made this one, there. */
function ownRecordProves(work: ChangeWork): boolean {
  return work.sentAt !== null && work.service.remoteId !== null;
}

async function sendChange(work: ChangeWork): Promise<StepEnd> {
  const { open, operation, run, course, service, input } = work;
  const ended = await runPanelCall(run, {
    name: course.call,
    open,
    placementId: null,
    serviceId: service.id,
    secrets: [service.password, input.password].filter((secret) => secret != null),
    digest: work.digest,
    idempotencyKey: `${operation.id}:${operation.callNumber}`,
    reason: input.reason,
    act: (ctx) => course.act(open, service, input, ctx),
    keep: async (tx) => {
      await tx.operation.update({ where: { id: operation.id }, data: { result: DONE } });
    },
  });
  switch (ended.end) {
    case 'done':
      await readBack(work);
      return { next: 'go-on' };
    case 'pending':
      return parkPending(run, open, ended.pending);
    case 'parked':
      return ended.step;
    case 'failed':
      return afterFailure(work, ended.error);
  }
}

/** The panel accepted an earlier call and was still working: it is asked how that ended. */
async function resumeChange(work: ChangeWork, ref: string): Promise<StepEnd> {
  const resumed = await resumePending(work, ref, (value) => value !== false);
  if (resumed.end === 'parked') return resumed.step;
  if (resumed.end === 'failed') return afterFailure(work, resumed.error);
  const end = await finish(work);
  await readBack(work);
  return end;
}

async function afterFailure(work: ChangeWork, error: ModuleError): Promise<StepEnd> {
  const reached = error.outcome !== 'not-done' || error.kind === 'busy' || error.kind === 'timeout';
  const attemptCount = work.operation.attemptCount + (reached ? 1 : 0);
  const after: ChangeWork = {
    ...work,
    operation: { ...work.operation, attemptCount },
    uncertain: work.uncertain || error.outcome === 'unknown',
  };
  if (decide(after, { error }).do !== 'look-up') return judge(after, { error });
  return judge(after, { error, found: await lookUpAccount(after, after.sentAt) });
}

interface Evidence extends ChangeFailure {
  serverTest?: 'passed' | 'failed';
}

function seenIn(work: ChangeWork, found: Found): ChangeSeen {
  switch (found.found) {
    case 'ours': {
      const shown = work.course.shows(found.account);
      return shown === null ? 'cannot-tell' : shown ? 'changed' : 'not-yet';
    }
    case 'nothing':
      return 'gone';
    case 'cannot':
      return 'cannot-tell';
    default:
      return found.found;
  }
}

function decide(work: ChangeWork, { error, found, serverTest }: Evidence): ChangeStep {
  if (found?.found === 'failed' && found.error.kind === 'rate-limited')
    return { do: 'wait', afterSeconds: rateLimitWait(found.error.retryAfterMs) };
  return decideAfterChange(
    {
      failure: error,
      ...(found && { seen: seenIn(work, found) }),
      ...(serverTest && { serverTest }),
      attempts: work.operation.attemptCount,
      repeatable: work.course.repeatable(work.open, work.input),
      removes: work.operation.kind === 'TERMINATE',
    },
    env.HYBLE_RETRY_DELAYS,
  );
}

async function judge(work: ChangeWork, evidence: Evidence): Promise<StepEnd> {
  let next = decide(work, evidence);
  if (next.do === 'test-server') {
    const verdict = await testServer(work.open);
    next = decide(work, { ...evidence, serverTest: isWell(verdict) ? 'passed' : 'failed' });
  }
  const { error, found } = evidence;
  if (found?.found === 'nothing' && !work.uncertain) {
    const doubt = await noteGone(work);
    if (doubt) return doubt;
  }
  if (next.do === 'done') return finish(work);
  const shown = found?.found === 'failed' ? found.error : error;
  return settleChange(work, next, { error, shown, ...(found && { found }) });
}

/** What was asked for is so, seen on the panel: the same as an answer "done". */
function finish(work: ChangeWork): Promise<StepEnd> {
  return inTurn(work.run, async (tx): Promise<StepEnd> => {
    await tx.operation.update({ where: { id: work.operation.id }, data: { result: DONE } });
    return { next: 'go-on' };
  });
}

/** Looks whether the account shows what the panel said it did. Its "done" stands either way. */
async function readBack(work: ChangeWork): Promise<void> {
  const { open, service, operation, course } = work;
  const getAccount = open.module.getAccount?.bind(open.module);
  if (!getAccount) return;
  const answer = await callPanel(open, { call: 'lookUp', operationId: operation.id, serviceId: service.id }, (ctx) =>
    getAccount(service, open.server, ctx),
  );
  const server = open.record.name;
  const removed = operation.kind === 'TERMINATE';
  if (!answer.ok) return addEvent(db, operation.id, 'read-back-failed', { server, words: answer.error.words });
  const account = answer.value;
  const shown = account === null ? removed : course.shows(account) !== false;
  if (shown) return addEvent(db, operation.id, 'read-back', { server, status: account?.status ?? 'gone' });
  const words =
    account === null
      ? 'The account is not there.'
      : `The panel says "done" but shows the account as ${account.status}.`;
  return addEvent(db, operation.id, 'read-back-failed', { server, words });
}
