import type { Pool } from 'pg';
import type { AppClient } from './app-client';
import { decide, type Effect } from './decide';
import { type ClaimedJob, loadSteps } from './jobs-store';
import { type Answer, callBody } from './protocol';
import { type ExecutorLog, type ResolvedSettings, reasonOf } from './settings';
import { type RunState, type Settled, settle, withinLimits } from './settle';

export interface PerformOptions {
  pool: Pool;
  app: AppClient;
  settings: ResolvedSettings;
  log: ExecutorLog;
  closeGate(reason: string): void;
  resync(): void;
  listens(eventName: string): boolean;
  /** Whether a run may go on with its next step without queueing again. */
  mayGoOn(): boolean;
  /** A run ended: events may have been written. */
  onEnded(): void;
}

export interface Performer {
  /** Makes the call that a claimed job stands for, and those that follow from it, and stores what came of each. */
  perform(job: ClaimedJob): Promise<void>;
  /** Stores an answer that is known without a call. */
  store(job: ClaimedJob, answer: Answer): Promise<void>;
  /** From now on a database that is away is not waited for. */
  hurry(): void;
}

const STORE_RETRY_MS = 200;
/** A run keeps its place for so long; then others have their turn. */
const TURN_MS = 10_000;

type Steps = Awaited<ReturnType<typeof loadSteps>>;

export function createPerformer({ pool, app, settings, log, listens, ...tell }: PerformOptions): Performer {
  let hurried = false;
  const untilStored = <T>(work: () => Promise<T>) => offer(work, log, () => hurried);

  async function keep(job: ClaimedJob, effect: Effect, goOn: boolean): Promise<Settled> {
    let settled: Settled;
    try {
      const options = { listens, goOnMs: goOn ? settings.leaseMs : null };
      settled = await untilStored(() => settle(pool, job, effect, options));
    } catch (error) {
      if (!isDataError(error)) throw error;
      return keep(job, unusable(error), false);
    }
    if (settled === 'late') log.warn('An answer came after its lease was lost and was dropped.', about(job));
    if (settled === 'ended') tell.onEnded();
    // Messages of errors stay out of the log: only the application knows what they may hold.
    if (effect.kind === 'fail') log.warn('A run failed.', { ...about(job), error: effect.error.name });
    return settled;
  }

  /** Answers with the memos to go on with, or null when this turn is over. */
  async function keepAnswer(job: ClaimedJob, answer: Answer, before: RunState, goOn: boolean): Promise<Steps | null> {
    const effect = withinLimits(effectOf(job, answer, settings), before);
    const settled = await keep(job, effect, goOn);
    if (effect.kind === 'retry') {
      const reason = answer.kind === 'broken' ? answer.reason : 'the step asked for another attempt';
      log.info('A call is tried again.', { ...about(job), reason, inMs: effect.delayMs });
    }
    if (settled !== 'goes-on' || effect.kind !== 'advance') return null;
    return effect.memos.map(({ id, result }) => ({ id, result: JSON.parse(result), bytes: Buffer.byteLength(result) }));
  }

  async function perform(claimed: ClaimedJob): Promise<void> {
    const until = performance.now() + TURN_MS;
    const steps = claimed.hasSteps ? await untilStored(() => loadSteps(pool, claimed.runId)) : [];
    for (let job = claimed; ; job = { ...job, attempt: 0, putBacks: 0 }) {
      const body = bodyOf(job, steps);
      if (typeof body !== 'string') return void (await keep(job, body, false));
      const answer = await app.call(job.fnId, job.stepId ?? 'step', job.runId, body);
      if (hurried && answer.kind === 'broken') return; // cut by our own stop: it is handed back
      if (answer.kind === 'unavailable') tell.closeGate(answer.reason);
      if (answer.kind === 'error' && answer.fault) tell.resync(); // perhaps the function is gone
      const goOn = tell.mayGoOn() && performance.now() < until;
      const memos = await keepAnswer(job, answer, stateOf(steps), goOn);
      if (!memos) return;
      const known = new Set(steps.map((step) => step.id));
      steps.push(...memos.filter((memo) => !known.has(memo.id)));
    }
  }

  return {
    perform,
    async store(job, answer) {
      await keepAnswer(job, answer, { steps: 0, bytes: 0 }, false);
    },
    hurry() {
      hurried = true;
    },
  };
}

/** What to send, or the end of a run whose event or results cannot be handed over. */
function bodyOf(job: ClaimedJob, steps: Steps): string | Effect {
  const { runId, event, attempt, maxAttempts, kind } = job;
  try {
    return callBody({ runId, event, steps, attempt, maxAttempts, planned: kind === 'step' });
  } catch (error) {
    return unusable(error);
  }
}

const stateOf = (steps: Steps): RunState => ({
  steps: steps.length,
  bytes: steps.reduce((sum, step) => sum + step.bytes, 0),
});

function effectOf(job: ClaimedJob, answer: Answer, settings: ResolvedSettings): Effect {
  const { retryDelaysMs, brokenDelayMs } = settings;
  const { attempt, maxAttempts, putBacks } = job;
  const waits = { retryDelaysMs, brokenDelayMs, nowMs: Date.now(), random: Math.random };
  try {
    return decide({ answer, attempt, maxAttempts, putBacks, ...waits });
  } catch (error) {
    return unusable(error); // nested too deeply to be written down
  }
}

/** What happened must be stored; while the database is away it waits, unless the process ends. */
async function offer<T>(work: () => Promise<T>, log: ExecutorLog, hurried: () => boolean): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (isDataError(error) || (hurried() && tries > 3)) throw error;
      if (tries === 1) {
        log.warn('The database did not take a result; it is offered again.', { reason: reasonOf(error) });
      }
      await new Promise((resolve) => setTimeout(resolve, Math.min(5000, STORE_RETRY_MS * tries)));
    }
  }
}

/** The database will never take this, however often it is offered: class 22 data exception, class 54 limit exceeded. */
function isDataError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^(22|54)/.test(String(error.code));
}

function unusable(error: unknown): Effect {
  const message = `What the run has to keep cannot be stored (${reasonOf(error)}). Return plain, flat values from steps.`;
  return { kind: 'fail', error: { name: 'UnusableResult', message } };
}

/** What a log line may say about a job: names and numbers, nothing of the event. */
export function about(job: ClaimedJob): Record<string, unknown> {
  return { functionId: job.fnId, runId: job.runId, attempt: job.attempt };
}
