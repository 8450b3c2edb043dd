import { type Answer, errorRecord, type Op, sleepMs } from './protocol';

export const STEP_OUTPUT_LIMIT = 4 * 1024 * 1024;

export interface Memo {
  id: string;
  name: string | null;
  /** JSON text: {"data":…}, {"error":…} or null. */
  result: string;
}

export type NextJob = { kind: 'step'; stepId: string } | { kind: 'sleep'; stepId: string; delayMs: number };

export interface RunError {
  name: string;
  message: string;
  stack?: string;
}

/** What an answer means for the run. */
export type Effect =
  | { kind: 'advance'; memos: Memo[]; jobs: NextJob[] }
  | { kind: 'complete'; output: unknown }
  | { kind: 'fail'; error: RunError }
  | { kind: 'retry'; delayMs: number }
  | { kind: 'put-back'; delayMs: number; reason: string };

export interface DecideInput {
  answer: Answer;
  attempt: number;
  maxAttempts: number;
  /** How often this call was already put back without counting. */
  putBacks: number;
  retryDelaysMs: number[] | null;
  brokenDelayMs: number;
  nowMs: number;
  random: () => number;
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** The documented waits of Inngest; each gets up to 30 s on top so that failures do not return in step. */
const DEFAULT_DELAYS = [
  15 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  20 * MINUTE,
  40 * MINUTE,
  HOUR,
  2 * HOUR,
];
const JITTER = 30 * SECOND;
const LONGEST_SLEEP = 366 * 24 * HOUR;
/** The gate was open each time, so this is no longer a booting web process. */
const MAX_PUT_BACKS = 10;

/** Wait before the attempt that follows attempt number `attempt` (counted from 0). */
export function retryDelay(attempt: number, delays: number[] | null, random: () => number): number {
  const table = delays ?? DEFAULT_DELAYS;
  const base = table[Math.min(attempt, table.length - 1)] ?? 0;
  return delays ? base : base + Math.floor(random() * JITTER);
}

const fail = (name: string, message: string): Effect => ({ kind: 'fail', error: { name, message } });

function again(input: DecideInput, error: unknown, delayMs: number): Effect {
  if (input.attempt + 1 >= input.maxAttempts) return { kind: 'fail', error: errorRecord(error) };
  return { kind: 'retry', delayMs };
}

function broken(input: DecideInput, reason: string): Effect {
  const message =
    `The call to the application broke in the middle (${reason}) and this was the last attempt. ` +
    'Whether the step did its work is not known; look at its effects before you repeat it.';
  const delay = input.brokenDelayMs * (1 + input.random());
  return again(input, { name: 'Error', message }, delay);
}

/** Turns an answer into what has to be stored; pure. */
export function decide(input: DecideInput): Effect {
  const { answer } = input;
  switch (answer.kind) {
    case 'unavailable':
      if (input.putBacks >= MAX_PUT_BACKS) return broken(input, answer.reason);
      return { kind: 'put-back', delayMs: Math.min(10_000, 100 * 2 ** input.putBacks), reason: answer.reason };
    case 'broken':
      return broken(input, answer.reason);
    case 'complete':
      return complete(answer.output);
    case 'error': {
      if (answer.noRetry) return { kind: 'fail', error: errorRecord(answer.error) };
      const wait = answer.retryAfterMs ?? retryDelay(input.attempt, input.retryDelaysMs, input.random);
      return again(input, answer.error, wait);
    }
    case 'ops':
      return decideOps(input, answer.ops, answer.noRetry, answer.retryAfterMs);
  }
}

function complete(output: unknown): Effect {
  const size = Buffer.byteLength(JSON.stringify(output ?? null));
  if (size <= STEP_OUTPUT_LIMIT) return { kind: 'complete', output: output ?? null };
  return fail('OutputTooLarge', tooLarge('The function', size));
}

const tooLarge = (what: string, size: number) =>
  `${what} returned ${size} bytes, more than the limit of ${STEP_OUTPUT_LIMIT}. ` +
  'Return ids instead of records and read the records again where they are needed.';

function decideOps(input: DecideInput, ops: Op[], noRetry: boolean, retryAfter: number | null): Effect {
  const memos: Memo[] = [];
  const jobs: NextJob[] = [];
  for (const op of ops) {
    const name = op.displayName ?? op.name ?? null;
    const memo = (result: unknown) => memos.push({ id: op.id, name, result: JSON.stringify(result) });
    if (op.opts?.parallelMode === 'race') return unsupported(op, 'group.parallel in mode "race"');
    switch (op.op) {
      case 'StepRun':
      case 'Step':
        memo({ data: op.data ?? null });
        break;
      case 'StepFailed':
        memo({ error: errorRecord(op.error) });
        break;
      case 'StepError':
        // The SDK decides that an attempt was the last one; counting here as well guards against one that does not.
        if (noRetry || input.attempt + 1 >= input.maxAttempts) memo({ error: errorRecord(op.error) });
        else {
          const wait = retryAfter ?? retryDelay(input.attempt, input.retryDelaysMs, input.random);
          return { kind: 'retry', delayMs: wait };
        }
        break;
      case 'StepPlanned':
        jobs.push({ kind: 'step', stepId: op.id });
        break;
      case 'Sleep': {
        const delayMs = sleepMs(op.name ?? '', input.nowMs);
        if (delayMs === null)
          return fail('InvalidSleep', `The step "${name}" sleeps for "${op.name}", which is no time.`);
        if (delayMs > LONGEST_SLEEP)
          return fail('InvalidSleep', `The step "${name}" sleeps for "${op.name}", longer than a year.`);
        jobs.push({ kind: 'sleep', stepId: op.id, delayMs });
        break;
      }
      case 'RunComplete':
        return complete(op.data);
      default:
        return unsupported(op, op.op);
    }
  }
  for (const memo of memos) {
    const size = Buffer.byteLength(memo.result);
    if (size > STEP_OUTPUT_LIMIT) return fail('OutputTooLarge', tooLarge(`The step "${memo.name ?? memo.id}"`, size));
  }
  return { kind: 'advance', memos, jobs };
}

function unsupported(op: Op, feature: string): Effect {
  return fail(
    'UnsupportedFeature',
    `The step "${op.displayName ?? op.name ?? op.id}" uses ${feature}, which the embedded executor does not do. ` +
      'Run an Inngest server and point INNGEST_BASE_URL at it, or write the step without it.',
  );
}
