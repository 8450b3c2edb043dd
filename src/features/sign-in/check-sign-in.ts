import { recordAudit } from '@/lib/audit';
import { startSession } from '@/lib/auth';
import { addressForLimits } from '@/lib/client-address';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { forgetTries, returnTry, takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import { checkPassword } from '../users/hash-password';
import type { SignInInput } from './schema';

interface Visitor {
  address: string | null;
  agent: string | null;
}

/**
 * Starts a session for the right e-mail and password; null for anything else, after the same amount of work.
 * Throws TOO_MANY_REQUESTS after 10 wrong tries for one account or 50 from one address within 15 minutes.
 */
export async function checkSignIn(visitor: Visitor, input: SignInInput): Promise<{ sessionId: string } | null> {
  const address = addressForLimits(visitor.address);
  await takeTry('sign-in-address', address);
  await takeTry('sign-in-account', input.email);
  const user = await db.user.findUnique({
    where: { email: input.email },
    include: { customer: { select: { id: true } } },
  });
  const usable = user !== null && user.disabledAt === null;
  if (!(await checkPassword(usable ? user.passwordHash : null, input.password)) || !usable) return null;
  await returnTry('sign-in-address', address);
  await forgetTries('sign-in-account', input.email);
  const ctx: Ctx = {
    actor: { type: 'user', id: user.id, name: user.name, role: user.role, customerId: user.customer?.id ?? null },
    address: visitor.address,
    requestId: uuidv7(),
  };
  return inTransaction(async (tx) => {
    const sessionId = await startSession(tx, { userId: user.id, ...visitor });
    await recordAudit(tx, ctx, { action: 'user.sign-in', targetType: 'User', targetId: user.id });
    return { sessionId };
  });
}
