import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { IdInput } from '../lists/schema';

/** Ends a session on the device that holds it: one's own, or anybody's for an administrator. */
export async function revokeSession(ctx: Ctx, { id }: IdInput): Promise<{ id: string }> {
  const { actor } = ctx;
  const mine = actor.type === 'user' && actor.role === 'ADMIN' ? {} : { userId: actor.id ?? '' };
  return inTransaction(async (tx) => {
    const session = await tx.session.findFirst({ where: { id, revokedAt: null, ...mine } });
    if (!session) throw notFound('session');
    await tx.session.update({ where: { id }, data: { revokedAt: new Date() } });
    const before = { address: session.address, agent: session.agent };
    await recordAudit(tx, ctx, { action: 'user.end-session', targetType: 'User', targetId: session.userId, before });
    return { id };
  });
}
