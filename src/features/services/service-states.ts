import type { OperationKind, ServiceStatus } from '@/generated/prisma/enums';

/** Which status may follow which. Status moves only after the panel agreed. */
export const SERVICE_TRANSITIONS: Record<ServiceStatus, readonly ServiceStatus[]> = {
  PENDING: ['ACTIVE', 'FAILED', 'CANCELLED'],
  FAILED: ['PENDING', 'CANCELLED'],
  ACTIVE: ['SUSPENDED', 'TERMINATED'],
  SUSPENDED: ['ACTIVE', 'TERMINATED'],
  TERMINATED: [],
  // Only when the account of a cancelled create turned up after all.
  CANCELLED: ['PENDING'],
};

export function mayServiceBecome(from: ServiceStatus, to: ServiceStatus): boolean {
  return SERVICE_TRANSITIONS[from].includes(to);
}

/** In which status a piece of work on a service makes sense. */
export const ALLOWED_IN: Record<OperationKind, readonly ServiceStatus[]> = {
  CREATE: ['PENDING', 'FAILED'],
  SUSPEND: ['ACTIVE'],
  UNSUSPEND: ['SUSPENDED'],
  TERMINATE: ['ACTIVE', 'SUSPENDED'],
  CHANGE_PASSWORD: ['ACTIVE'],
  CHANGE_PACKAGE: ['ACTIVE'],
  CUSTOM_ACTION: ['ACTIVE'],
};

export function isAllowedIn(kind: OperationKind, status: ServiceStatus): boolean {
  return ALLOWED_IN[kind].includes(status);
}

/** Ended services need no server, no slot and no unique domain. */
export const ENDED_STATUSES = ['TERMINATED', 'CANCELLED'] as const satisfies ServiceStatus[];
