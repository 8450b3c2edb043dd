import { liveKeys } from '@/lib/api-key';
import { recordAudit } from '@/lib/audit';
import { endSessionsOf } from '@/lib/auth';
import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { IdInput } from '../lists/schema';
import { voidPasswordLinks } from './one-time-code';
import { requireOtherAdmin, requireStaff } from './require-staff';

/**
 * Locks a member of staff out at once: every session ends and no link works. Keys go on working, as programs live on them;
 * `keys` says how many there are of this user. Refused for oneself and the last administrator.
 */
export async function disableUser(ctx: Ctx, { id }: IdInput): Promise<{ id: string; keys: number }> {
  if (ctx.actor.id === id) {
    throw new DomainError('INVALID_STATE', 'You cannot switch yourself off. Another administrator can do it.');
  }
  return inTransaction(async (tx) => {
    const user = await requireStaff(tx, id);
    const keys = await tx.apiKey.count({ where: { createdById: id, ...liveKeys() } });
    if (user.disabledAt) return { id, keys };
    await requireOtherAdmin(tx, user);
    await tx.user.update({ where: { id }, data: { disabledAt: new Date() } });
    await voidPasswordLinks(tx, id);
    const after = { sessionsEnded: await endSessionsOf(tx, id) };
    await recordAudit(tx, ctx, { action: 'user.disable', targetType: 'User', targetId: id, after });
    return { id, keys };
  });
}
