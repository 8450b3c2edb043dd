import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { badInput } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { CreateCustomerInput } from './schema';

/** Creates a customer. Throws BAD_INPUT when the billing system's id belongs to another one. */
export async function createCustomer(ctx: Ctx, input: CreateCustomerInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const { externalRef = null, ...fields } = input;
    await checkReference(tx, externalRef);
    const customer = await tx.customer.create({ data: { ...fields, externalRef }, select: { id: true } });
    const after = { ...fields, externalRef };
    await recordAudit(tx, ctx, { action: 'customer.create', targetType: 'Customer', targetId: customer.id, after });
    return customer;
  });
}

/** One customer per reference of the billing system. `own` = who may have it already. */
export async function checkReference(tx: Tx, externalRef: string | null | undefined, own?: string): Promise<void> {
  if (!externalRef) return;
  const taken = await tx.customer.findUnique({ where: { externalRef }, select: { id: true } });
  if (!taken || taken.id === own) return;
  throw badInput(['externalRef'], 'Another customer has this reference already. Check the billing system.');
}
