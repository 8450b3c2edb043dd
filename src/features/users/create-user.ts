import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { badInput } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { hashPassword } from './hash-password';
import type { CreateUserInput } from './schema';

/** Creates a user who can sign in. A CUSTOMER user belongs to exactly one customer. Throws BAD_INPUT naming the field. */
export async function createUser(ctx: Ctx, input: CreateUserInput): Promise<{ id: string }> {
  if ((input.role === 'CUSTOMER') !== (input.customerId !== undefined)) {
    throw badInput(['customerId'], 'A customer of the company needs a customer record, and staff must have none.');
  }
  const passwordHash = await hashPassword(input.password);
  return inTransaction(async (tx) => {
    const taken = await tx.user.findUnique({ where: { email: input.email }, select: { id: true } });
    if (taken) throw badInput(['email'], 'There is a user with this e-mail address already. Take another one.');
    const { email, name, role, customerId } = input;
    const user = await tx.user.create({ data: { email, name, role, passwordHash }, select: { id: true } });
    if (customerId) {
      // Of two racing writers exactly one finds the customer free.
      const linked = await tx.customer.updateMany({
        where: { id: customerId, userId: null },
        data: { userId: user.id },
      });
      if (linked.count === 0) throw badInput(['customerId'], 'There is no such customer, or it has a user already.');
    }
    const after = { email, role, customerId: customerId ?? null };
    await recordAudit(tx, ctx, { action: 'user.create', targetType: 'User', targetId: user.id, after });
    return user;
  });
}
