import type { OperationKind, OperationState } from '@/generated/prisma/enums';

/** Which state may follow which. Nothing else in the program decides this. */
export const OPERATION_TRANSITIONS: Record<OperationState, readonly OperationState[]> = {
  QUEUED: ['RUNNING', 'CANCELLED', 'FAILED'],
  RUNNING: ['SUCCEEDED', 'FAILED', 'UNKNOWN', 'WAITING', 'QUEUED'],
  WAITING: ['QUEUED', 'CANCELLED', 'FAILED'],
  UNKNOWN: ['QUEUED', 'SUCCEEDED', 'CANCELLED'],
  FAILED: ['QUEUED', 'CANCELLED'],
  SUCCEEDED: [],
  // Only a cancelled create whose account turned up after all.
  CANCELLED: ['UNKNOWN'],
};

export const UNFINISHED_STATES = ['QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN'] as const satisfies OperationState[];

/** What staff may press "Retry" on. */
export const RETRYABLE_STATES = ['FAILED', 'UNKNOWN', 'WAITING'] as const satisfies OperationState[];

export function isUnfinished(state: OperationState): boolean {
  return UNFINISHED_STATES.some((unfinished) => unfinished === state);
}

export function mayBecome(from: OperationState, to: OperationState): boolean {
  return OPERATION_TRANSITIONS[from].includes(to);
}

export function isRetryable(state: OperationState): boolean {
  return RETRYABLE_STATES.some((retryable) => retryable === state);
}

/** Hours an operation may wait before it fails with that reason; a product may say otherwise for its creates. */
export const DEFAULT_WAIT_HOURS: Record<OperationKind, number> = {
  CREATE: 72,
  SUSPEND: 72,
  UNSUSPEND: 72,
  TERMINATE: 72,
  CHANGE_PASSWORD: 72,
  CHANGE_PACKAGE: 72,
  CUSTOM_ACTION: 2 / 60,
};
