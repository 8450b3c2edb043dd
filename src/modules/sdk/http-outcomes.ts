import { DialError } from './connector';
import { ModuleError } from './errors';

const LONGEST_WAIT_MS = 15 * 60 * 1000;

/** `Retry-After` as seconds or as a date; whatever else stands there is ignored. At most 15 minutes. */
export function parseRetryAfter(value: string | undefined, now = Date.now()): number | undefined {
  const text = value?.trim();
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_WAIT_MS);
  // Only the forms HTTP knows begin with a week day; Date.parse alone would accept far more.
  const at = /^(mon|tue|wed|thu|fri|sat|sun)/i.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : Math.min(Math.max(0, at - now), LONGEST_WAIT_MS);
}

function messageIn(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null) return null;
  const { message, error, detail, errors }: { message?: unknown; error?: unknown; detail?: unknown; errors?: unknown } =
    value; // any JSON object may have them
  const first: unknown = Array.isArray(errors) ? errors[0] : undefined;
  return messageIn(message) ?? messageIn(detail) ?? messageIn(error) ?? messageIn(first);
}

/** The few words of an error answer that help staff: a message in JSON, a page's title, or the text itself. */
export function panelWords(text: string): string {
  const start = text.slice(0, 16_384);
  if (/^\s*</.test(start)) return (/<title[^>]*>([^<]*)</i.exec(start)?.[1] ?? '').trim();
  let plain = start;
  try {
    plain = messageIn(JSON.parse(start)) ?? start;
  } catch {
    // No JSON: the text speaks for itself.
  }
  return plain.replace(/\s+/g, ' ').trim().slice(0, 300);
}

/** What an HTTP status means where no panel says otherwise; null = the module reads this answer itself. */
export function errorForStatus(status: number, retryAfter: string | undefined, words: string): ModuleError | null {
  const said = words ? ` It said: ${words}` : '';
  if (status === 401 || status === 403) {
    return new ModuleError({
      kind: 'auth',
      words: `The panel refused the login (HTTP ${status}). Check the token or password of this server and its rights.${said}`,
    });
  }
  if (status === 429) {
    return new ModuleError({
      kind: 'rate-limited',
      retryAfterMs: parseRetryAfter(retryAfter),
      words: `The panel asks us to slow down (HTTP 429).${said}`,
    });
  }
  if (status >= 300 && status < 400) {
    return new ModuleError({
      kind: 'policy',
      words: `The panel answered with a redirect (HTTP ${status}), which is never followed. Enter the address it leads to.`,
    });
  }
  if (status >= 500) {
    return new ModuleError({
      kind: 'busy',
      retryAfterMs: parseRetryAfter(retryAfter),
      words: `The panel answered with an error of its own (HTTP ${status}). It may or may not have done the work.${said}`,
    });
  }
  return null;
}

/** The answer came, but cannot be used: the work may have been done. */
export function unusableAnswer(why: string): ModuleError {
  return new ModuleError({
    kind: 'busy',
    words: `The panel's answer cannot be used: ${why} The work may or may not have been done.`,
  });
}

export interface CallStage {
  /** True from the moment the first byte of the request may have left. */
  sent: boolean;
  totalMs: number;
  /** What ended the call, when it was us. */
  timedOut: 'total' | 'headers' | null;
  stopped: boolean;
}

/** A call that ended without a usable answer. Before the request was sent nothing happened; afterwards nobody knows. */
export function errorForFailure(error: unknown, stage: CallStage): ModuleError {
  if (error instanceof ModuleError) return error;
  if (error instanceof DialError) return new ModuleError({ kind: error.reason, words: error.message });
  const outcome = stage.sent ? 'unknown' : 'not-done';
  const lost = stage.sent ? 'The work may or may not have been done.' : 'Nothing was sent.';
  if (stage.stopped) {
    return new ModuleError({
      kind: 'timeout',
      outcome,
      words: `The call was stopped before the panel answered. ${lost}`,
    });
  }
  if (stage.timedOut) {
    const seconds = Math.round(stage.totalMs / 100) / 10;
    const words = stage.sent
      ? `The panel did not answer within ${seconds} s. ${lost}`
      : `No connection to the panel within ${seconds} s. ${lost}`;
    return new ModuleError({ kind: stage.sent ? 'timeout' : 'unreachable', outcome, words });
  }
  const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'no code';
  if (code === 'UND_ERR_INVALID_ARG' || (error instanceof TypeError && !stage.sent)) {
    return new ModuleError({
      kind: 'invalid-input',
      outcome: 'not-done',
      words: 'The call holds a value that cannot be sent, such as a line break in a header. Nothing was sent.',
    });
  }
  return new ModuleError({
    kind: stage.sent ? 'busy' : 'unreachable',
    outcome,
    words: `The connection to the panel broke (${code}). ${lost}`,
  });
}
