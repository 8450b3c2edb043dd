import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import canonicalize from 'canonicalize';

/** The request version that both sides speak: one step per request, parallel steps planned first. */
export const REQUEST_VERSION = 2;

/** One operation in an answer, as far as we read it. */
export interface Op {
  id: string;
  op: string;
  name?: string;
  displayName?: string;
  data?: unknown;
  error?: unknown;
  opts?: { parallelMode?: string } & Record<string, unknown>;
}

/** What came back from the application, already told apart. */
export type Answer =
  | { kind: 'ops'; ops: Op[]; noRetry: boolean; retryAfterMs: number | null }
  | { kind: 'complete'; output: unknown }
  /** `fault` = the SDK itself failed, for example because it does not know the function. */
  | { kind: 'error'; error: unknown; noRetry: boolean; retryAfterMs: number | null; fault: boolean }
  /** Not the application: a booting web process, a proxy, a refused signature. No attempt is counted. */
  | { kind: 'unavailable'; reason: string }
  /** The call was accepted and broke in the middle: what it did is not known. */
  | { kind: 'broken'; reason: string };

export interface HttpAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

export interface CallInput {
  runId: string;
  event: unknown;
  steps: { id: string; result: unknown }[];
  attempt: number;
  maxAttempts: number;
  planned: boolean;
}

const keyBytes = (signingKey: string) => signingKey.replace(/^signkey-[\w]+-/, '');

/** Half of a character, left over when somebody cut a text; the canonical form does not allow it. */
const LONE_SURROGATE = /\p{Surrogate}/gu;
const mend = (_key: string, value: unknown) =>
  typeof value === 'string' ? value.replace(LONE_SURROGATE, '\ufffd') : value;

/** The canonical text of a value: it is what gets signed, so it is also what gets sent. */
export function canonicalText(value: unknown): string {
  const text = canonicalize(JSON.parse(JSON.stringify(value, mend)));
  if (text === undefined) throw new Error('A request body has no JSON form.');
  return text;
}

/** Value of `x-inngest-signature` for a canonical text. */
export function sign(text: string, signingKey: string, nowMs: number): string {
  const t = Math.round(nowMs / 1000).toString();
  const s = createHmac('sha256', keyBytes(signingKey)).update(text).update(t).digest('hex');
  return `t=${t}&s=${s}`;
}

/** The bearer token that proves knowledge of the signing key without showing it. */
export function hashedSigningKey(signingKey: string): string {
  const prefix = /^signkey-[\w]+-/.exec(signingKey)?.[0] ?? '';
  const hash = createHash('sha256')
    .update(Buffer.from(keyBytes(signingKey), 'hex'))
    .digest('hex');
  return prefix + hash;
}

/** Comparison whose duration does not tell where two texts differ. */
export function sameSecret(a: string, b: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(a), digest(b));
}

/**
 * The body of one call. `ctx.fn_id` is left out on purpose: with it the SDK would run several steps in one request
 * and report them to an API that this executor does not have.
 */
export function callBody(input: CallInput): string {
  const stack = input.steps.map((step) => step.id);
  return canonicalText({
    version: REQUEST_VERSION,
    use_api: false,
    event: input.event,
    events: [input.event],
    steps: Object.fromEntries(input.steps.map((step) => [step.id, step.result])),
    ctx: {
      run_id: input.runId,
      attempt: input.attempt,
      max_attempts: input.maxAttempts,
      disable_immediate_execution: input.planned,
      use_api: false,
      stack: { stack, current: Math.max(0, stack.length - 1) },
    },
  });
}

const DAY_MS = 86_400_000;

/** `retry-after` in milliseconds, between one second and a day; null when there is none or it makes no sense. */
export function retryAfterMs(header: string | undefined, nowMs: number): number | null {
  if (!header) return null;
  const wait = header.length <= 7 ? Number(header) * 1000 : Date.parse(header) - nowMs;
  if (!Number.isFinite(wait)) return null;
  return Math.min(Math.max(wait, 1000), DAY_MS);
}

const first = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value);

function parseJson(text: string): { ok: true; value: unknown } | { ok: false } {
  try {
    return { ok: true, value: text === '' ? null : JSON.parse(text) };
  } catch {
    return { ok: false };
  }
}

const isOp = (value: unknown): value is Op =>
  typeof value === 'object' &&
  value !== null &&
  'id' in value &&
  typeof value.id === 'string' &&
  'op' in value &&
  typeof value.op === 'string';

/** Reads an HTTP answer to a call. */
export function readAnswer(answer: HttpAnswer, nowMs: number): Answer {
  const { status, headers } = answer;
  if (!headers['x-inngest-sdk']) {
    const reason =
      status === 401 || status === 403
        ? `the application refused the signature (${status}); are INNGEST_SIGNING_KEY and the clock the same on both sides?`
        : `answer ${status} did not come from the functions endpoint`;
    return { kind: 'unavailable', reason };
  }
  const parsed = parseJson(answer.body);
  const retryRule = first(headers['x-inngest-no-retry']);
  const noRetry = retryRule === 'true';
  const fault = retryRule === undefined;
  const wait = retryAfterMs(first(headers['retry-after']), nowMs);
  if (!parsed.ok) {
    const error = { name: 'Error', message: `The application answered ${status} with a body that is not JSON.` };
    return { kind: 'error', error, noRetry: false, retryAfterMs: wait, fault: true };
  }
  if (status === 200) return { kind: 'complete', output: parsed.value };
  if (status === 206) {
    const ops = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
    if (ops.length > 0 && ops.every(isOp)) return { kind: 'ops', ops, noRetry, retryAfterMs: wait };
    const error = { name: 'Error', message: 'The application answered 206 without operations.' };
    return { kind: 'error', error, noRetry: false, retryAfterMs: wait, fault: true };
  }
  return { kind: 'error', error: parsed.value, noRetry, retryAfterMs: wait, fault };
}

/** An error in the shape that the SDK restores: name, message, stack. */
export function errorRecord(error: unknown): { name: string; message: string; stack?: string } {
  if (typeof error !== 'object' || error === null) return { name: 'Error', message: String(error) };
  const record = error as Record<string, unknown>; // safe: a non-null object, each field is checked below
  const text = (key: string) => (typeof record[key] === 'string' && record[key] !== '' ? record[key] : undefined);
  const stack = text('stack');
  return {
    name: text('name') ?? 'Error',
    message: text('message') ?? text('error') ?? 'The function failed without saying why.',
    ...(stack ? { stack } : {}),
  };
}

const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS };

/** A length of time as it is written: "1h30m", "10s"; null when it is none. */
export function durationMs(text: string): number | null {
  if (!/^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d|w))+$/.test(text)) return null;
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g);
  let total = 0;
  for (const [, count, unit] of parts) total += Number(count) * (UNITS[unit ?? ''] ?? 0);
  return total;
}

/** A sleep as it is written in an operation: a length of time, nothing at all or a date; milliseconds from now. */
export function sleepMs(text: string, nowMs: number): number | null {
  if (text === '') return 0;
  const length = durationMs(text);
  if (length !== null) return length;
  const until = Date.parse(text);
  return Number.isFinite(until) ? Math.max(0, until - nowMs) : null;
}
