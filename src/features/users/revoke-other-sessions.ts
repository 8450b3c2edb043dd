import { recordAudit } from '@/lib/audit';
import { endSessionsOf } from '@/lib/auth';
import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';

/** Ends one's own sessions everywhere but where this was asked. */
export async function revokeOtherSessions(ctx: Ctx): Promise<{ ended: number }> {
  const { actor, sessionId } = ctx;
  if (actor.type !== 'user') throw new DomainError('FORBIDDEN', 'Only somebody who signed in has sessions to end.');
  return inTransaction(async (tx) => {
    const ended = await endSessionsOf(tx, actor.id, sessionId);
    const after = { sessionsEnded: ended };
    if (ended > 0)
      await recordAudit(tx, ctx, {
        action: 'user.end-other-sessions',
        targetType: 'User',
        targetId: actor.id,
        after,
      });
    return { ended };
  });
}
