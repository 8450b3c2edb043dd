import { recordAudit } from '@/lib/audit';
import { endSessionsOf } from '@/lib/auth';
import { changedFields } from '@/lib/changed-fields';
import type { Ctx } from '@/lib/context';
import { inTransaction } from '@/lib/transaction';
import { requireOtherAdmin, requireStaff } from './require-staff';
import type { UpdateUserInput } from './schema';

/**
 * Renames a member of staff or changes the role, which counts at once and ends every session of this user: nobody goes on
 * with a page of the old role. The last administrator stays one.
 */
export async function updateUser(ctx: Ctx, { id, ...given }: UpdateUserInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const user = await requireStaff(tx, id);
    if (given.role === 'SUPPORT') await requireOtherAdmin(tx, user);
    const { before, after, names } = changedFields({ ...user }, given);
    if (names.length === 0) return { id };
    await tx.user.update({ where: { id }, data: given });
    if (names.includes('role')) await endSessionsOf(tx, id);
    await recordAudit(tx, ctx, { action: 'user.update', targetType: 'User', targetId: id, before, after });
    return { id };
  });
}
