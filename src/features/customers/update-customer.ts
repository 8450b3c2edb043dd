import { recordAudit } from '@/lib/audit';
import { changedFields } from '@/lib/changed-fields';
import type { Ctx } from '@/lib/context';
import { notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { checkReference } from './create-customer';
import type { UpdateCustomerInput } from './schema';

/**
 * Changes what is given. The address is where mails go; with what a customer signs in stays as it is.
 * Throws NOT_FOUND, or BAD_INPUT when the billing system's id belongs to another customer.
 */
export async function updateCustomer(ctx: Ctx, { id, ...given }: UpdateCustomerInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Customer" WHERE "id" = ${id} FOR NO KEY UPDATE`;
    const row = await tx.customer.findUnique({ where: { id } });
    if (!row) throw notFound('customer');
    await checkReference(tx, given.externalRef, id);
    const { before, after, names } = changedFields(row, given);
    if (names.length === 0) return { id };
    await tx.customer.update({ where: { id }, data: given });
    await recordAudit(tx, ctx, { action: 'customer.update', targetType: 'Customer', targetId: id, before, after });
    return { id };
  });
}
