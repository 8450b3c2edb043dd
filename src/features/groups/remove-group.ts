import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { IdInput } from '../lists/schema';
import { lockGroup } from './update-group';

/** Deletes a group that nothing uses. Throws INVALID_STATE with the counts while servers or products belong to it. */
export async function removeGroup(ctx: Ctx, { id }: IdInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const group = await lockGroup(tx, id);
    const servers = await tx.server.count({ where: { groupId: id, archivedAt: null } });
    const products = await tx.product.count({ where: { serverGroupId: id } });
    if (servers + products > 0) {
      throw new DomainError(
        'INVALID_STATE',
        `"${group.name}" was not removed: ${servers} ${servers === 1 ? 'server' : 'servers'} and ${products} ${products === 1 ? 'product' : 'products'} belong to it, and orders are placed by it. Give them another group first.`,
      );
    }
    // Archived servers only remember where they were.
    await tx.server.updateMany({ where: { groupId: id }, data: { groupId: null } });
    await tx.serverGroup.delete({ where: { id } });
    const before = { name: group.name, fillType: group.fillType };
    await recordAudit(tx, ctx, { action: 'group.remove', targetType: 'ServerGroup', targetId: id, before });
    return { id };
  });
}
