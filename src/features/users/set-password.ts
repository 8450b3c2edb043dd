import { recordAudit } from '@/lib/audit';
import { endSessionsOf } from '@/lib/auth';
import { addressForLimits } from '@/lib/client-address';
import { badInput } from '@/lib/errors';
import { takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import { hashPassword } from './hash-password';
import { takeCode } from './one-time-code';
import type { SetPasswordInput } from './schema';

interface Visitor {
  address: string | null;
  requestId: string;
}

/**
 * Chooses a password by a one-time link; every session of this user ends. Answers with what the user signs in.
 * Throws BAD_INPUT for a link that is unknown, used or too old, TOO_MANY_REQUESTS after ten tries from one address.
 */
export async function setPassword(visitor: Visitor, { code, password }: SetPasswordInput): Promise<{ email: string }> {
  await takeTry('set-password', addressForLimits(visitor.address));
  const passwordHash = await hashPassword(password);
  return inTransaction(async (tx) => {
    const userId = await takeCode(tx, code);
    const user = userId && (await tx.user.findUnique({ where: { id: userId }, include: { customer: true } }));
    if (!user || user.disabledAt) {
      throw badInput(
        ['code'],
        'This link was used already, is older than three days, or was replaced by a newer one. Have a new one sent to you: the sign-in page has "Forgot your password?".',
      );
    }
    await tx.user.update({ where: { id: user.id }, data: { passwordHash } });
    await endSessionsOf(tx, user.id);
    const { id, name, role } = user;
    const actor = { type: 'user', id, name, role, customerId: user.customer?.id ?? null } as const;
    await recordAudit(tx, { ...visitor, actor }, { action: 'user.set-password', targetType: 'User', targetId: id });
    return { email: user.email };
  });
}
