import { Cron } from 'croner';
import { checkExpression } from './expressions';
import { durationMs } from './protocol';
import { reasonOf } from './settings';

export interface EventTrigger {
  event: string;
  expression: string | null;
}

interface CronTrigger {
  cron: string;
}

interface ConcurrencyRule {
  limit: number;
  key: string | null;
  scope: 'fn' | 'env' | 'account';
}

/** Which later event ends a run of the function. */
export interface CancelRule {
  event: string;
  /** May compare `event` (what started the run) with `async` (the later one); null = every event of that name. */
  expression: string | null;
  /** Counts only for so long after the run began; null = always. */
  withinMs: number | null;
}

export interface FunctionConfig {
  id: string;
  name: string;
  events: EventTrigger[];
  crons: CronTrigger[];
  maxAttempts: number;
  concurrency: ConcurrencyRule[];
  idempotency: string | null;
  singleton: { mode: 'skip' | 'cancel'; key: string | null } | null;
  cancels: CancelRule[];
}

/** A function asks for something that this executor does not do; the message names both. */
export class UnsupportedFeatureError extends Error {
  override readonly name = 'UnsupportedFeatureError';
}

const UNSUPPORTED: Record<string, string> = {
  batchEvents: 'batchEvents',
  rateLimit: 'rateLimit',
  throttle: 'throttle',
  debounce: 'debounce',
  priority: 'priority',
  timeouts: 'timeouts',
};

const DEFAULT_RETRIES = 4;
/** What Inngest documents; a function that keeps to them runs everywhere. */
const LIMITS = { retries: 20, triggers: 10, cancels: 5, concurrencyRules: 2 };

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Reads what the application announced; throws one error that names every function and feature not done here. */
export function readConfig(functions: unknown[]): Map<string, FunctionConfig> {
  const complaints: string[] = [];
  const known = new Map<string, FunctionConfig>();
  for (const raw of functions) {
    if (!isFields(raw) || typeof raw.id !== 'string') {
      complaints.push('a function without an id');
      continue;
    }
    const { id } = raw;
    known.set(
      id,
      readFunction(id, raw, (feature) => complaints.push(`"${id}" uses ${feature}`)),
    );
  }
  if (complaints.length > 0) {
    throw new UnsupportedFeatureError(
      `The embedded executor does not start: ${complaints.join('; ')}, which it does not do. ` +
        'Run an Inngest server and point INNGEST_BASE_URL at it, or write the function without it.',
    );
  }
  return known;
}

function readFunction(id: string, raw: Fields, complain: (feature: string) => void): FunctionConfig {
  for (const [field, feature] of Object.entries(UNSUPPORTED)) {
    const value = raw[field];
    if (value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0)) complain(feature);
  }
  const config: FunctionConfig = {
    id,
    name: typeof raw.name === 'string' ? raw.name : id,
    events: [],
    crons: [],
    maxAttempts: readRetries(raw) + 1,
    concurrency: readConcurrency(raw.concurrency, complain),
    idempotency: typeof raw.idempotency === 'string' ? raw.idempotency : null,
    singleton: readSingleton(raw.singleton, complain),
    cancels: readCancels(raw.cancel, complain),
  };
  if (config.idempotency) readable(config.idempotency, complain);
  for (const trigger of Array.isArray(raw.triggers) ? raw.triggers.filter(isFields) : []) {
    if (typeof trigger.event === 'string') {
      const expression = typeof trigger.expression === 'string' ? trigger.expression : null;
      if (expression) readable(expression, complain);
      config.events.push({ event: trigger.event, expression });
    } else if (typeof trigger.cron === 'string') {
      if (trigger.jitter) complain('cron jitter');
      readCron(trigger.cron, complain);
      config.crons.push({ cron: trigger.cron });
    } else complain('a trigger that is neither an event nor a cron');
  }
  const count = (what: string, found: number, limit: number) => {
    if (found > limit) complain(`${found} ${what} (the limit is ${limit})`);
  };
  count('retries', config.maxAttempts - 1, LIMITS.retries);
  count('triggers', config.events.length + config.crons.length, LIMITS.triggers);
  count('cancelOn rules', config.cancels.length, LIMITS.cancels);
  count('concurrency rules', config.concurrency.length, LIMITS.concurrencyRules);
  return config;
}

function readSingleton(raw: unknown, complain: (feature: string) => void): FunctionConfig['singleton'] {
  if (!isFields(raw)) return null;
  const key = typeof raw.key === 'string' ? raw.key : null;
  if (key) readable(key, complain);
  if (raw.mode === 'skip' || raw.mode === 'cancel') return { mode: raw.mode, key };
  complain(`singleton in mode "${String(raw.mode)}"`);
  return null;
}

function readCancels(raw: unknown, complain: (feature: string) => void): CancelRule[] {
  const rules = Array.isArray(raw) ? raw.filter(isFields) : [];
  return rules.flatMap((rule) => {
    if (typeof rule.event !== 'string') {
      complain('a cancelOn rule without an event');
      return [];
    }
    const expression = typeof rule.if === 'string' ? rule.if : null;
    if (expression) readable(expression, complain);
    const withinMs = typeof rule.timeout === 'string' ? durationMs(rule.timeout) : null;
    if (typeof rule.timeout === 'string' && withinMs === null) complain(`the cancelOn timeout "${rule.timeout}"`);
    return [{ event: rule.event, expression, withinMs }];
  });
}

function readRetries(raw: Fields): number {
  const step = isFields(raw.steps) ? raw.steps.step : undefined;
  const retries = isFields(step) ? step.retries : undefined;
  const attempts = isFields(retries) ? retries.attempts : undefined;
  return typeof attempts === 'number' ? attempts : DEFAULT_RETRIES;
}

function readConcurrency(raw: unknown, complain: (feature: string) => void): ConcurrencyRule[] {
  if (raw === undefined || raw === null) return [];
  const rules = Array.isArray(raw) ? raw : [raw];
  return rules.flatMap((rule: unknown) => {
    if (typeof rule === 'number') return rule > 0 ? [{ limit: rule, key: null, scope: 'fn' as const }] : [];
    if (!isFields(rule) || typeof rule.limit !== 'number') {
      complain('a concurrency rule without a limit');
      return [];
    }
    const key = typeof rule.key === 'string' ? rule.key : null;
    if (key) readable(key, complain);
    const scope = rule.scope === 'env' || rule.scope === 'account' ? rule.scope : 'fn';
    return rule.limit > 0 ? [{ limit: rule.limit, key, scope }] : [];
  });
}

function readable(expression: string, complain: (feature: string) => void): void {
  try {
    checkExpression(expression);
  } catch (error) {
    complain(`the expression ${expression} (${reasonOf(error).split('\n')[0]})`);
  }
}

function readCron(text: string, complain: (feature: string) => void): void {
  try {
    nextFire(text, new Date());
  } catch (error) {
    complain(`the cron "${text}" (${reasonOf(error)})`);
  }
}

/** The first moment after `after` at which a cron expression fires; understands the prefix `TZ=Europe/Istanbul `. */
export function nextFire(text: string, after: Date): Date | null {
  const zoned = /^TZ=(\S+)\s+(.+)$/.exec(text);
  const cron = new Cron(zoned?.[2] ?? text, { paused: true, timezone: zoned?.[1] ?? 'UTC' });
  return cron.nextRun(after);
}
