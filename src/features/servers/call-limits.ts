import { env } from '@/env';
import type { LimitedCall, ModulePolicies } from '@/modules/sdk/contract';

/** Seconds; what a module or a server's own settings do not say. */
const DEFAULT_LIMITS: Record<LimitedCall, number> = {
  test: 10,
  create: 180,
  suspend: 60,
  unsuspend: 60,
  terminate: 180,
  changePassword: 60,
  changePackage: 120,
  lookUp: 30,
  usage: 60,
  sso: 20,
  action: 60,
};

/** Time limit of one panel call in seconds: the installation's, else the server's, else the module's, else ours. */
export function callLimit(call: LimitedCall, policies: ModulePolicies | undefined, serverTimeouts: unknown): number {
  if (env.HYBLE_TIME_LIMIT_SECONDS !== undefined) return env.HYBLE_TIME_LIMIT_SECONDS;
  const own =
    typeof serverTimeouts === 'object' && serverTimeouts !== null ? Reflect.get(serverTimeouts, call) : undefined;
  if (typeof own === 'number' && own > 0) return own;
  return policies?.limits?.[call] ?? DEFAULT_LIMITS[call];
}

/** Where the installation cuts all limits short (demo, tests), a panel is given up after as many of them. */
const SETTLE_LIMITS = 5;

/** Seconds after a lost create until "not there" is believed. */
export function settleSeconds(policies: ModulePolicies | undefined, serverTimeouts: unknown): number {
  if (env.HYBLE_TIME_LIMIT_SECONDS !== undefined) return env.HYBLE_TIME_LIMIT_SECONDS * SETTLE_LIMITS;
  return policies?.settleSeconds ?? callLimit('create', policies, serverTimeouts);
}
