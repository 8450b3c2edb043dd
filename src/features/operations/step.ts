import type { EmailState, OperationKind, OperationState } from '@/generated/prisma/enums';

export const CREATE_STEPS = ['select-server', 'create-account', 'persist', 'send-welcome-email'] as const;
export type CreateStep = (typeof CREATE_STEPS)[number];

interface Facts {
  kind: OperationKind;
  state: OperationState;
  attemptCount: number;
  /** Does the service hold a slot? */
  hasPlacement: boolean;
  /** Is the panel's answer kept on the operation, still to be written to the service? */
  hasResult: boolean;
  /** The welcome mail, if there is one. */
  mail: EmailState | null;
}

/** Where a create stands, or where it stopped; read from facts, so that no step has to be written down anywhere. */
export function stepOf({ kind, state, attemptCount, hasPlacement, hasResult, mail }: Facts): CreateStep | null {
  if (kind !== 'CREATE' || state === 'CANCELLED') return null;
  if (state === 'SUCCEEDED') return mail === 'QUEUED' ? 'send-welcome-email' : null;
  if (hasResult) return 'persist';
  // A failed create has given its slot back; that it called a panel tells how far it came.
  return hasPlacement || (state === 'FAILED' && attemptCount > 0) ? 'create-account' : 'select-server';
}
