import { recordAudit } from '@/lib/audit';
import { startSession } from '@/lib/auth';
import { addressForLimits } from '@/lib/client-address';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { forgetTries, returnTry, takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import { takeSecondFactor } from '../two-factor/take-second-factor';
import { checkPassword } from '../users/hash-password';
import type { SignInInput } from './schema';

interface Visitor {
  address: string | null;
  agent: string | null;
}

/** `code-needed`: the password is right, and this user has a second factor as well. */
export type SignInAnswer = { sessionId: string } | 'code-needed' | 'code-wrong' | null;

/**
 * Starts a session for the right e-mail and password, and the right code where the user has a second factor; null for
 * anything else, after the same amount of work. Throws TOO_MANY_REQUESTS after 10 wrong tries for one account or 50 from
 * one address within 15 minutes, or 5 wrong codes.
 */
export async function checkSignIn(visitor: Visitor, input: SignInInput): Promise<SignInAnswer> {
  const address = addressForLimits(visitor.address);
  await takeTry('sign-in-address', address);
  await takeTry('sign-in-account', input.email);
  const user = await db.user.findUnique({
    where: { email: input.email },
    include: { customer: { select: { id: true } }, twoFactor: { select: { confirmedAt: true } } },
  });
  const usable = user !== null && user.disabledAt === null;
  if (!(await checkPassword(usable ? user.passwordHash : null, input.password)) || !usable) return null;
  await returnTry('sign-in-address', address);
  const needsCode = Boolean(user.twoFactor?.confirmedAt);
  if (needsCode && !input.code) {
    // Given back, not forgotten: else this answer would make room for any number of guessed codes.
    await returnTry('sign-in-account', input.email);
    return 'code-needed';
  }
  if (needsCode) await takeTry('second-factor', user.id);
  const ctx: Ctx = {
    actor: { type: 'user', id: user.id, name: user.name, role: user.role, customerId: user.customer?.id ?? null },
    address: visitor.address,
    requestId: uuidv7(),
  };
  const answer = await startWith(ctx, { userId: user.id, ...visitor }, needsCode ? (input.code ?? '') : null);
  if (answer === 'code-wrong') return answer;
  await forgetTries('sign-in-account', input.email);
  await forgetTries('second-factor', user.id);
  return answer;
}

interface NewSession extends Visitor {
  userId: string;
}

/** Code and session in one transaction: a code that is used up without a session would lock its owner out. */
async function startWith(ctx: Ctx, session: NewSession, code: string | null) {
  const entry = { action: 'user.sign-in', targetType: 'User', targetId: session.userId } as const;
  return inTransaction(async (tx) => {
    const factor = code === null ? null : await takeSecondFactor(tx, session.userId, code);
    if (code !== null && factor === null) {
      const reason = 'The password was right, the code was not.';
      await recordAudit(tx, ctx, { ...entry, outcome: 'refused', reason });
      return 'code-wrong' as const;
    }
    const sessionId = await startSession(tx, session);
    await recordAudit(tx, ctx, { ...entry, ...(factor ? { after: { secondFactor: factor } } : {}) });
    return { sessionId };
  });
}
