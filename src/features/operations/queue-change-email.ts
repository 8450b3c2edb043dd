import { queueEmail } from '@/features/emails/queue-email';
import { SUSPENDED_TO_TERMINATE } from '@/features/services/request-terminate';
import type { Tx } from '@/lib/db';
import type { ChangeKind } from './courses';

/** Which mail tells the customer about a change; kinds without one are told in the client area. */
const MAILS = {
  SUSPEND: 'suspended',
  UNSUSPEND: 'resumed',
  TERMINATE: 'terminated',
  CHANGE_PASSWORD: null,
  CHANGE_PACKAGE: null,
  CUSTOM_ACTION: null,
} as const satisfies Record<ChangeKind, 'suspended' | 'resumed' | 'terminated' | null>;

/** Keeps the customer's mail about a change in the transaction that makes it true; it goes out right after. */
export async function queueChangeEmail(
  tx: Tx,
  operationId: string,
  serviceId: string,
  kind: ChangeKind,
): Promise<void> {
  const template = MAILS[kind];
  if (template === null) return;
  const service = await tx.service.findUniqueOrThrow({
    where: { id: serviceId },
    include: { customer: true, product: true },
  });
  const { customer, product, domain, username, suspendReason, terminateAt } = service;
  // A note of ours for the undo, no reason that a customer should read: the day of the removal says more.
  const reason = suspendReason === SUSPENDED_TO_TERMINATE ? null : suspendReason;
  await queueEmail(tx, {
    operationId,
    serviceId,
    customerId: customer.id,
    template,
    language: customer.language,
    to: customer.email,
    data: {
      customer: customer.name,
      product: product.name,
      domain,
      username,
      reason: kind === 'SUSPEND' ? reason : null,
      removedOn: kind === 'SUSPEND' ? (terminateAt?.toISOString() ?? null) : null,
    },
  });
}
