import { RateLimiterMemory, RateLimiterPrisma, RateLimiterRes } from 'rate-limiter-flexible';
import { db } from './db';
import { DomainError } from './errors';

interface Limit {
  /** Tries within the window. */
  points: number;
  seconds: number;
  /** What is limited, for the message: 'sign-in attempts'. */
  what: string;
}

/** Tries that are counted in the database, by all web processes together. */
const LIMITS = {
  'sign-in-account': { points: 10, seconds: 900, what: 'sign-in attempts for this account' },
  'sign-in-address': { points: 50, seconds: 900, what: 'sign-in attempts from this address' },
  'api-key': { points: 20, seconds: 900, what: 'wrong API keys from this address' },
  'confirm-password': { points: 10, seconds: 900, what: 'tries to confirm this password' },
  'second-factor': { points: 5, seconds: 900, what: 'codes for this account' },
  'test-mail': { points: 5, seconds: 600, what: 'test mails' },
  'set-password': { points: 10, seconds: 900, what: 'tries to choose a password from this address' },
  'change-password': { points: 10, seconds: 900, what: 'tries to change this password' },
  'mail-link': { points: 3, seconds: 900, what: 'mails to this address' },
  'mail-link-visitor': { points: 20, seconds: 900, what: 'mails asked for from here' },
  'link-code': { points: 20, seconds: 900, what: 'sign-in links from this address' },
  'panel-login': { points: 5, seconds: 60, what: 'logins to panels' },
  'panel-code': { points: 60, seconds: 60, what: 'logins to panels from this address' },
  'reveal-password': { points: 5, seconds: 900, what: 'tries to see this password' },
  usage: { points: 6, seconds: 600, what: 'readings of this usage' },
  'set-up': { points: 10, seconds: 900, what: 'set-up attempts' },
  'panel-lists': { points: 30, seconds: 60, what: 'questions to panels' },
  // A whole test takes two: its halves may be asked for one by one.
  'connection-test': { points: 20, seconds: 60, what: 'connection tests' },
} as const satisfies Record<string, Limit>;

export type LimitName = keyof typeof LIMITS;

const shared = globalThis as unknown as { hybleLimiters?: Map<LimitName, RateLimiterPrisma> };

function limiter(name: LimitName): RateLimiterPrisma {
  shared.hybleLimiters ??= new Map();
  const known = shared.hybleLimiters.get(name);
  if (known) return known;
  const { points, seconds } = LIMITS[name];
  const limit = { keyPrefix: name, points, duration: seconds };
  const made = new RateLimiterPrisma({
    ...limit,
    storeClient: db,
    tableName: 'rateLimit',
    // The nightly clean-up does it for all.
    clearExpiredByTimeout: false,
    // While the database is away each process counts for itself.
    insuranceLimiter: new RateLimiterMemory(limit),
  });
  shared.hybleLimiters.set(name, made);
  return made;
}

/** Takes one try, or throws TOO_MANY_REQUESTS saying how long to wait. Taken before the work: parallel tries count. */
export async function takeTry(name: LimitName, key: string): Promise<void> {
  try {
    await limiter(name).consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const minutes = Math.max(1, Math.ceil(error.msBeforeNext / 60_000));
    throw new DomainError(
      'TOO_MANY_REQUESTS',
      `Too many ${LIMITS[name].what}. Further ones are refused for now, also right ones. Try again in ${minutes} ${minutes === 1 ? 'minute' : 'minutes'}.`,
    );
  }
}

/** Gives one try back: it was a good one. */
export async function returnTry(name: LimitName, key: string): Promise<void> {
  await limiter(name).reward(key, 1);
}

/** Forgets all tries of this key. */
export async function forgetTries(name: LimitName, key: string): Promise<void> {
  await limiter(name).delete(key);
}
