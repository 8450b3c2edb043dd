import { recordAudit } from '@/lib/audit';
import { endSessionsOf } from '@/lib/auth';
import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { IdInput } from '../lists/schema';
import { requireStaff } from '../users/require-staff';
import { dropTwoFactor } from './remove-two-factor';

/**
 * For a colleague who lost the phone and the recovery codes: the next sign-in needs the password alone. Every session of
 * that user ends. Refused for oneself, who would get round the code that way.
 */
export async function resetTwoFactor(ctx: Ctx, { id }: IdInput): Promise<{ id: string }> {
  if (ctx.actor.id === id) {
    throw new DomainError(
      'INVALID_STATE',
      'Your own second factor you switch off on your account page, with a code. Another administrator can reset it.',
    );
  }
  return inTransaction(async (tx) => {
    await requireStaff(tx, id);
    if (!(await dropTwoFactor(tx, id))) return { id };
    const after = { sessionsEnded: await endSessionsOf(tx, id) };
    await recordAudit(tx, ctx, { action: 'user.reset-two-factor', targetType: 'User', targetId: id, after });
    return { id };
  });
}
