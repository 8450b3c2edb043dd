import type { Pool } from 'pg';
import type { AppClient } from './app-client';
import { decide, type Effect } from './decide';
import { type ClaimedJob, loadSteps } from './jobs-store';
import { type Answer, callBody } from './protocol';
import { type ExecutorLog, type ResolvedSettings, reasonOf } from './settings';
import { type Listens, type Settled, settle } from './settle';

export interface PerformOptions {
  pool: Pool;
  app: AppClient;
  settings: ResolvedSettings;
  log: ExecutorLog;
  closeGate(reason: string): void;
  resync(): void;
  listens: Listens;
  /** A run ended: events may have been written. */
  onEnded(): void;
}

export interface Performer {
  /** Makes the call that a claimed job stands for and stores what came of it. */
  perform(job: ClaimedJob): Promise<void>;
  /** Stores an answer that is known without a call. */
  store(job: ClaimedJob, answer: Answer): Promise<void>;
  /** From now on a database that is away is not waited for. */
  hurry(): void;
}

const STORE_RETRY_MS = 200;

export function createPerformer({ pool, app, settings, log, listens, ...tell }: PerformOptions): Performer {
  let hurried = false;
  const untilStored = <T>(work: () => Promise<T>) => offer(work, log, () => hurried);

  async function keep(job: ClaimedJob, effect: Effect): Promise<void> {
    let settled: Settled;
    try {
      settled = await untilStored(() => settle(pool, job, effect, listens));
    } catch (error) {
      if (!isDataError(error)) throw error;
      return keep(job, unusable(error));
    }
    if (settled === 'late') log.warn('An answer came after its lease was lost and was dropped.', about(job));
    if (settled === 'ended') tell.onEnded();
    // Messages of errors stay out of the log: only the application knows what they may hold.
    if (effect.kind === 'fail') log.warn('A run failed.', { ...about(job), error: effect.error.name });
  }

  async function store(job: ClaimedJob, answer: Answer): Promise<void> {
    const effect = effectOf(job, answer, settings);
    await keep(job, effect);
    if (effect.kind !== 'retry') return;
    const reason = answer.kind === 'broken' ? answer.reason : 'the step asked for another attempt';
    log.info('A call is tried again.', { ...about(job), reason, inMs: effect.delayMs });
  }

  async function perform(job: ClaimedJob): Promise<void> {
    const steps = await untilStored(() => loadSteps(pool, job.runId));
    let body: string;
    try {
      const { runId, event, attempt, maxAttempts } = job;
      body = callBody({ runId, event, steps, attempt, maxAttempts, planned: job.kind === 'step' });
    } catch (error) {
      return keep(job, unusable(error));
    }
    const answer = await app.call(job.fnId, job.stepId ?? 'step', job.runId, body);
    if (hurried && answer.kind === 'broken') return; // cut by our own stop: the next start takes it over
    if (answer.kind === 'unavailable') tell.closeGate(answer.reason);
    if (answer.kind === 'error' && answer.fault) tell.resync(); // perhaps the function is gone
    await store(job, answer);
  }

  return {
    perform,
    store,
    hurry() {
      hurried = true;
    },
  };
}

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
