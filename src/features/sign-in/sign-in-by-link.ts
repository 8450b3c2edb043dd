import { recordAudit } from '@/lib/audit';
import { startSession } from '@/lib/auth';
import { addressForLimits } from '@/lib/client-address';
import type { Ctx } from '@/lib/context';
import { uuidv7 } from '@/lib/ids';
import { takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import { takeCode } from '../users/one-time-code';

interface Visitor {
  address: string | null;
  agent: string | null;
}

/**
 * Starts a session for the customer whom a one-time link was mailed to; null for a link that is unknown, used or too old.
 * Staff sign in with their password. Throws TOO_MANY_REQUESTS after 20 tries from one address within 15 minutes.
 */
export async function signInByLink(visitor: Visitor, code: string): Promise<{ sessionId: string } | null> {
  await takeTry('link-code', addressForLimits(visitor.address));
  return inTransaction(async (tx) => {
    const userId = await takeCode(tx, code, 'sign-in');
    const user = userId && (await tx.user.findUnique({ where: { id: userId }, include: { customer: true } }));
    if (!user || user.disabledAt || user.role !== 'CUSTOMER') return null;
    const sessionId = await startSession(tx, { userId: user.id, ...visitor });
    const { id, name, role, customer } = user;
    const ctx: Ctx = {
      actor: { type: 'user', id, name, role, customerId: customer?.id ?? null },
      address: visitor.address,
      requestId: uuidv7(),
    };
    const after = { by: 'mailed link' };
    await recordAudit(tx, ctx, { action: 'user.sign-in', targetType: 'User', targetId: id, after });
    return { sessionId };
  });
}
