import type { OperationKind } from '@/generated/prisma/enums';
import type { SimulatorFault } from '@/modules/sdk/simulator-definition';
import type { FaultPanel } from './panels';

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

/**
 * The same when a look meets the fault. After a create it only reads back what is done; a "no" to a mere question, again and
 * again, is trouble of this operation and no refusal.
 */
export function expectedOfLook(fault: SimulatorFault, kind: OperationKind, { look }: FaultPanel): FaultEnd {
  if (kind === 'CREATE' && !look.beforeCreate) return 'good';
  return EXPECTED[fault] === 'refused' ? 'good' : EXPECTED[fault];
}

/** The operations that meet each fault: the name of their call on the simulator, null where the module has none. */
export const OPERATIONS = {
  CREATE: () => 'create',
  SUSPEND: () => 'suspend',
  UNSUSPEND: () => 'unsuspend',
  TERMINATE: () => 'terminate',
  CHANGE_PASSWORD: () => 'password',
  CHANGE_PACKAGE: ({ packageCall }: FaultPanel) => packageCall,
  CUSTOM_ACTION: ({ action }: FaultPanel) => action?.call ?? null,
} satisfies Record<OperationKind, (panel: FaultPanel) => string | null>;

/** What "slow down" asks for, and the seconds that the operation then waits: [from, to]. */
export const RETRY_AFTER: { name: string; value(): string; waits: [number, number] }[] = [
  { name: '2 s', value: () => '2', waits: [1, 2] },
  { name: '120 s', value: () => '120', waits: [115, 120] },
  { name: 'a date in 90 s', value: () => new Date(Date.now() + 90_000).toUTCString(), waits: [80, 90] },
  // Nothing usable was said: half a minute.
  { name: 'garbage', value: () => 'soon, please', waits: [25, 30] },
  // Nobody is made to wait for 30 years.
  { name: '10^9 s', value: () => '1000000000', waits: [890, 900] },
];
