import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { inTransaction } from '@/lib/transaction';
import type { IdInput } from '../lists/schema';
import { requireStaff } from './require-staff';

/** Lets a member of staff in again, with the password from before. */
export async function enableUser(ctx: Ctx, { id }: IdInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const user = await requireStaff(tx, id);
    if (!user.disabledAt) return { id };
    await tx.user.update({ where: { id }, data: { disabledAt: null } });
    await recordAudit(tx, ctx, { action: 'user.enable', targetType: 'User', targetId: id });
    return { id };
  });
}
