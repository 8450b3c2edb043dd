/**
 * How a panel call can end, when it does not end well.
 *
 * The *outcome* decides whether the call may be repeated; the *kind* decides whom to blame, how long to wait and what
 * staff read. A module throws nothing but these two classes; whatever else escapes is turned into a ModuleError by
 * the caller.
 */
export const FAILURE_OUTCOMES = ['refused', 'not-done', 'unknown'] as const;
export type FailureOutcome = (typeof FAILURE_OUTCOMES)[number];
export type Outcome = 'done' | FailureOutcome;

export const ERROR_KINDS = [
  'unreachable',
  'timeout',
  'busy',
  'rate-limited',
  'auth',
  'policy',
  'capacity',
  'conflict',
  'not-found',
  'invalid-input',
  'unsupported',
] as const;
export type ErrorKind = (typeof ERROR_KINDS)[number];

/** What is true of a kind unless the module knows better. `timeout` and `busy` never default to "nothing happened". */
export const DEFAULT_OUTCOME: Record<ErrorKind, FailureOutcome> = {
  unreachable: 'not-done',
  timeout: 'unknown',
  busy: 'unknown',
  'rate-limited': 'not-done',
  auth: 'not-done',
  policy: 'not-done',
  capacity: 'refused',
  conflict: 'refused',
  'not-found': 'refused',
  'invalid-input': 'refused',
  unsupported: 'refused',
};

export interface ModuleErrorDetails {
  kind: ErrorKind;
  /** Defaults to DEFAULT_OUTCOME[kind]. */
  outcome?: FailureOutcome;
  /** The panel's own words (or ours where the panel said nothing), redacted, at most 2 KB. */
  words: string;
  /** When the panel says "come back later": milliseconds. */
  retryAfterMs?: number;
  /** The setting or order field that the panel refused, as a path in product settings or service. */
  field?: string;
  cause?: unknown;
}

/** A panel call that did not end with "done". */
export class ModuleError extends Error {
  override readonly name = 'ModuleError';
  readonly kind: ErrorKind;
  readonly outcome: FailureOutcome;
  readonly words: string;
  readonly retryAfterMs: number | undefined;
  readonly field: string | undefined;

  constructor(details: ModuleErrorDetails) {
    super(details.words, details.cause === undefined ? undefined : { cause: details.cause });
    this.kind = details.kind;
    this.outcome = details.outcome ?? DEFAULT_OUTCOME[details.kind];
    this.words = details.words.slice(0, 2048);
    this.retryAfterMs = details.retryAfterMs;
    this.field = details.field;
  }
}

/** True also for an error made by a second copy of this package (an external module brings its own). */
export function isModuleError(error: unknown): error is ModuleError {
  if (error instanceof ModuleError) return true;
  if (!(error instanceof Error) || error.name !== 'ModuleError') return false;
  const candidate: { kind?: unknown; outcome?: unknown } = error as { kind?: unknown; outcome?: unknown };
  return (
    ERROR_KINDS.some((kind) => kind === candidate.kind) &&
    FAILURE_OUTCOMES.some((outcome) => outcome === candidate.outcome)
  );
}

/** Accepted by the panel, still being built: the core waits and later calls `resume(ref)`. */
export class ModulePending extends Error {
  override readonly name = 'ModulePending';
  constructor(
    /** What the panel needs to find the work again (a task id). Not secret. */
    readonly ref: string,
    readonly pollAfterMs: number,
    readonly note?: string,
    readonly percent?: number,
  ) {
    super(note ?? 'The panel is still working on it.');
  }
}

/** True also for one made by a second copy of this package. */
export function isModulePending(thrown: unknown): thrown is ModulePending {
  if (thrown instanceof ModulePending) return true;
  if (!(thrown instanceof Error) || thrown.name !== 'ModulePending') return false;
  const { ref, pollAfterMs }: { ref?: unknown; pollAfterMs?: unknown } = thrown as {
    ref?: unknown;
    pollAfterMs?: unknown;
  };
  return typeof ref === 'string' && typeof pollAfterMs === 'number';
}
