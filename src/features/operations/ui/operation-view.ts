import type { OperationReason } from '../reasons';

export type OperationKind =
  | 'CREATE'
  | 'SUSPEND'
  | 'UNSUSPEND'
  | 'TERMINATE'
  | 'CHANGE_PASSWORD'
  | 'CHANGE_PACKAGE'
  | 'CUSTOM_ACTION';
export type OperationState = 'QUEUED' | 'RUNNING' | 'WAITING' | 'UNKNOWN' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';
export const CREATE_STEPS = ['select-server', 'create-account', 'persist', 'send-welcome-email'] as const;
export type CreateStep = (typeof CREATE_STEPS)[number];

/** What the components below need to know of an operation; the API's answers fit it. Dates are ISO texts. */
export interface OperationSummary {
  id: string;
  kind: OperationKind;
  state: OperationState;
  reason: OperationReason | null;
  step: CreateStep | null;
  attemptCount: number;
  nextTryAt: string | null;
}

export interface TimelineEvent {
  id: string;
  at: string;
  type: string;
  data: unknown;
}

export interface AttemptView {
  id: string;
  number: number;
  call: string;
  server: { id: string; name: string };
  sentAt: string;
  endedAt: string | null;
  outcome: string | null;
  errorKind: string | null;
  words: string | null;
  request: string | null;
  answer: string | null;
}

export interface OperationView extends OperationSummary {
  createdAt: string;
  startedAt: string | null;
  finishedAt: string | null;
  requestedBy: { name: string };
  events: TimelineEvent[];
  attempts: AttemptView[];
  canRetry: boolean;
}

/** Still moving by itself: worth a look once a second. A finished or stuck one changes only when somebody acts. */
export function isMoving({ state }: { state: OperationState }): boolean {
  return state === 'QUEUED' || state === 'RUNNING' || state === 'WAITING';
}
