import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { DomainError, notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { IdInput } from '../lists/schema';

/**
 * Deletes a customer who never bought anything, and with it the user who signs in as this customer. Throws
 * INVALID_STATE with the counts while there are services, ended ones too: they are the record of what was sold.
 */
export async function removeCustomer(ctx: Ctx, { id }: IdInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    // An order waits here until we know, and then finds no customer.
    await tx.$queryRaw`SELECT 1 FROM "Customer" WHERE "id" = ${id} FOR UPDATE`;
    const row = await tx.customer.findUnique({ where: { id } });
    if (!row) throw notFound('customer');
    const all = await tx.service.count({ where: { customerId: id } });
    const open = await tx.service.count({
      where: { customerId: id, status: { notIn: ['TERMINATED', 'CANCELLED'] } },
    });
    if (all > 0) {
      throw new DomainError(
        'INVALID_STATE',
        `${row.name} was not removed: the customer has ${all} ${all === 1 ? 'service' : 'services'}, ${open} of them not ended. ${open > 0 ? 'Terminate those first. A customer with ended services stays' : 'Ended services are the record of what was sold, so their customer stays'} in the list.`,
      );
    }
    await tx.customer.delete({ where: { id } });
    if (row.userId) await tx.user.deleteMany({ where: { id: row.userId, role: 'CUSTOMER' } });
    const before = { name: row.name, email: row.email, externalRef: row.externalRef };
    await recordAudit(tx, ctx, { action: 'customer.remove', targetType: 'Customer', targetId: id, before });
    return { id };
  });
}
