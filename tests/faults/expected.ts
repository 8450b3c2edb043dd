import type { SimulatorFault } from '@/modules/sdk/simulator-definition';

/**
 * The required end of each fault that a panel can show once during a call, for every module whose `duplicates` policy is not
 * `none`, without a person: `good` = the operation's own good end with exactly what was asked for on the panel; `held, then
 * good` = the server is held at once and the work goes on after the probe; `refused` = FAILED with the panel's words.
 */
export type FaultEnd = 'good' | 'held, then good' | 'refused';

export const EXPECTED: Record<SimulatorFault, FaultEnd> = {
  // Nobody knows whether it was done.
  http500: 'good',
  http502: 'good',
  http503: 'good',
  http504: 'good',
  html200: 'good',
  'drop-before': 'good',
  'hang-before': 'good',
  endless: 'good',
  'gzip-bomb': 'good',
  // It was done, and only the answer was lost.
  'html200-after': 'good',
  'drop-after': 'good',
  'hang-after': 'good',
  truncated: 'good',
  'bad-utf8': 'good',
  slow: 'good',
  late: 'good',
  // Certain that nothing was done.
  http429: 'good',
  http401: 'held, then good',
  redirect: 'held, then good',
  'refused-by-panel': 'refused',
};

/** The operations that meet each fault, and the name of their call on a simulator. */
export const OPERATIONS = [
  { kind: 'CREATE', op: 'create' },
  { kind: 'SUSPEND', op: 'suspend' },
  { kind: 'UNSUSPEND', op: 'unsuspend' },
  { kind: 'TERMINATE', op: 'terminate' },
  { kind: 'CHANGE_PASSWORD', op: 'password' },
] as const;
export type FaultedOperation = (typeof OPERATIONS)[number];
