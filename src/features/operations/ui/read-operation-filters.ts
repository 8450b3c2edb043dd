import type { RouterInputs } from '@/trpc/types';
import { REASON_CODES, type ReasonCode } from '../reasons';
import { OPERATION_TAB_NAMES, type OperationTabName } from './operation-tabs';
import type { OperationKind, OperationState } from './operation-view';

export type OperationFilter = Omit<
  Extract<RouterInputs['operations']['list'], object>,
  'cursor' | 'limit' | 'direction'
>;

export const OPERATION_FILTER_NAMES = ['tab', 'search', 'state', 'kind', 'reason', 'server'] as const;
export type OperationFilterTexts = Record<(typeof OPERATION_FILTER_NAMES)[number], string>;

export const KINDS: OperationKind[] = [
  'CREATE',
  'SUSPEND',
  'UNSUSPEND',
  'TERMINATE',
  'CHANGE_PASSWORD',
  'CHANGE_PACKAGE',
  'CUSTOM_ACTION',
];

/** The states that a tab can be narrowed to; one with a single state has nothing to choose. */
export const TAB_STATES: Record<OperationTabName, OperationState[]> = {
  attention: ['FAILED', 'UNKNOWN'],
  waiting: [],
  running: ['QUEUED', 'RUNNING'],
  all: ['QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN', 'SUCCEEDED', 'FAILED', 'CANCELLED'],
};

const WAITING: ReasonCode[] = [
  'no-room',
  'server-trouble',
  'server-held',
  'server-not-ready',
  'rate-limited',
  'looking-again',
  'trying-again',
  'call-under-way',
  'waiting-for-slot',
  'after-stop',
  'still-building',
  'unexpected',
];
const ENDED = REASON_CODES.filter((code) => code !== 'cancelled' && !WAITING.includes(code));
/** The reasons that work of a tab can have. */
export const TAB_REASONS: Record<OperationTabName, ReasonCode[]> = {
  attention: ENDED,
  waiting: WAITING,
  running: [],
  all: [...WAITING, ...ENDED, 'cancelled'],
};

/** The tab from the address; the one that needs a person is what the page opens with. */
export function readTab(text: string | undefined): OperationTabName {
  return OPERATION_TAB_NAMES.find((name) => name === text) ?? 'attention';
}

/** The filter that an address asks for: the server prefetches and the browser asks with the very same. */
export function readOperationFilter(
  texts: Partial<Record<keyof OperationFilterTexts, string | undefined>>,
): OperationFilter {
  const tab = readTab(texts.tab);
  const { server } = texts;
  return {
    tab,
    search: texts.search || undefined,
    state: TAB_STATES[tab].find((state) => state === texts.state),
    kind: KINDS.find((kind) => kind === texts.kind),
    reason: TAB_REASONS[tab].find((reason) => reason === texts.reason),
    serverId: server && /^[0-9a-f-]{36}$/i.test(server) ? server : undefined,
  };
}
