/** What the supervisor hands to the executor; the executor reads no environment. */
export interface ExecutorSettings {
  databaseUrl: string;
  /** Where the functions are served, for example http://127.0.0.1:3000/api/inngest */
  appUrl: string;
  /** Answers 2xx, or 503 with JSON, as soon as the web process accepts requests. */
  healthUrl: string;
  /** Port of the loopback API; 0 takes a free one. */
  port: number;
  eventKey: string;
  signingKey: string;
  /** Step calls at the same time. */
  concurrency?: number;
  /** Waits between the attempts of a step, replacing the documented table and its jitter. */
  retryDelaysMs?: number[];
  /** Connections to the database, one more is used for notifications. */
  maxPool?: number;
  /** Shortest wait before a call that broke in the middle is tried again; the longest is twice this. */
  brokenDelayMs?: number;
  /** How long a call stays ours without a sign of life. */
  leaseMs?: number;
  /** Longest time between two looks for work, where no notification came. */
  pollMs?: number;
  /** How long calls in flight may go on after a stop; then they are handed back. */
  stopGraceMs?: number;
}

export interface ExecutorLog {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

export type ResolvedSettings = Required<Omit<ExecutorSettings, 'retryDelaysMs'>> & { retryDelaysMs: number[] | null };

/** Fills in the defaults and refuses settings that cannot work. */
export function resolveSettings(settings: ExecutorSettings): ResolvedSettings {
  for (const name of ['databaseUrl', 'appUrl', 'healthUrl', 'eventKey', 'signingKey'] as const) {
    if (!settings[name]) {
      throw new Error(`The executor was started without "${name}". It cannot run functions; pass it in the settings.`);
    }
  }
  return {
    ...settings,
    concurrency: settings.concurrency ?? 20,
    retryDelaysMs: settings.retryDelaysMs?.length ? settings.retryDelaysMs : null,
    maxPool: settings.maxPool ?? 8,
    brokenDelayMs: settings.brokenDelayMs ?? 1000,
    leaseMs: settings.leaseMs ?? 20_000,
    pollMs: settings.pollMs ?? 2000,
    stopGraceMs: settings.stopGraceMs ?? 4000,
  };
}

/** One line about an error, without its stack and without what it carries besides. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? `${error.code}: ` : '';
  return error.message.startsWith(code) ? error.message || error.name : code + (error.message || error.name);
}
