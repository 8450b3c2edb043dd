import { AsyncLocalStorage } from 'node:async_hooks';
import { db, type Tx } from './db';
import { logger } from './logger';

type Job = () => Promise<void>;
const pending = new AsyncLocalStorage<Job[]>();

// 40001 serialization failure, 40P01 deadlock: PostgreSQL asks for the whole transaction again.
const REPEATABLE = new Set(['40001', '40P01']);

function asksForRepeat(error: unknown): boolean {
  for (let cause: unknown = error; typeof cause === 'object' && cause !== null; cause = causeOf(cause)) {
    const { code, originalCode } = cause as { code?: string; originalCode?: string };
    if (code === 'P2034' || REPEATABLE.has(code ?? '') || REPEATABLE.has(originalCode ?? '')) return true;
  }
  return false;
}

/** Prisma keeps what the database said about a raw query in `meta`, not in `cause`. */
function causeOf(error: object): unknown {
  const { cause, meta } = error as { cause?: unknown; meta?: { driverAdapterError?: unknown } };
  return cause ?? meta?.driverAdapterError;
}

/**
 * One transaction; jobs given to `afterCommit` inside run once it is durable, and not at all when it is not.
 * A deadlock or serialization failure repeats it, at most five times, so `work` must have no effect outside `tx`.
 */
export async function inTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let round = 1; ; round++) {
    const jobs: Job[] = [];
    try {
      const result = await pending.run(jobs, () => db.$transaction(work));
      for (const job of jobs) {
        await job().catch((error: unknown) =>
          logger.warn({ err: error }, 'work after commit failed; the sweep repeats it'),
        );
      }
      return result;
    } catch (error) {
      if (round >= 5 || !asksForRepeat(error)) throw error;
    }
  }
}

/** Registers what may happen only when the surrounding transaction is committed. */
export function afterCommit(job: Job): void {
  const jobs = pending.getStore();
  if (!jobs) throw new Error('afterCommit outside inTransaction: there is no commit to wait for');
  jobs.push(job);
}
