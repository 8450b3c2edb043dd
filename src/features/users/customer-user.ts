import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';

/**
 * Who signs in as this customer; made on first need, without a password. Throws NOT_FOUND, CONFLICT when the customer's
 * address is somebody else's, INVALID_STATE when the user is switched off.
 */
export async function customerUser(tx: Tx, ctx: Ctx, customerId: string): Promise<string> {
  await tx.$queryRaw`SELECT 1 FROM "Customer" WHERE "id" = ${customerId} FOR NO KEY UPDATE`;
  const customer = await tx.customer.findUnique({ where: { id: customerId }, include: { user: true } });
  if (!customer) throw notFound('customer');
  const { user, email, name } = customer;
  if (user?.disabledAt) {
    throw new DomainError('INVALID_STATE', `${name} is switched off and cannot sign in. No mail was sent.`);
  }
  if (user) return user.id;
  if (await tx.user.findUnique({ where: { email }, select: { id: true } })) {
    throw new DomainError(
      'CONFLICT',
      `Somebody else signs in with ${email}. No mail was sent. Give this customer an address of their own.`,
    );
  }
  const made = await tx.user.create({ data: { email, name, role: 'CUSTOMER' }, select: { id: true } });
  await tx.customer.update({ where: { id: customerId }, data: { userId: made.id } });
  const after = { email, role: 'CUSTOMER', customerId };
  await recordAudit(tx, ctx, { action: 'user.create', targetType: 'User', targetId: made.id, after });
  return made.id;
}
