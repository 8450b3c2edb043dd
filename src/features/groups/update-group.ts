import { recordAudit } from '@/lib/audit';
import { changedFields } from '@/lib/changed-fields';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { badInput, notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { UpdateGroupInput } from './schema';

/** Renames a group or gives it another rule; the next order follows it. Throws NOT_FOUND, or BAD_INPUT when the name is taken. */
export async function updateGroup(ctx: Ctx, { id, ...given }: UpdateGroupInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const stored = await lockGroup(tx, id);
    const change = changedFields(stored, given);
    if (change.names.length === 0) return { id };
    if (given.name !== undefined) {
      const taken = await tx.serverGroup.findFirst({
        where: { name: given.name, id: { not: id } },
        select: { id: true },
      });
      if (taken) throw badInput(['name'], 'There is a group with this name already. Take another one.');
    }
    await tx.serverGroup.update({ where: { id }, data: given });
    const { before, after } = change;
    await recordAudit(tx, ctx, { action: 'group.update', targetType: 'ServerGroup', targetId: id, before, after });
    return { id };
  });
}

/** The group, held for the rest of the transaction: two changes of one group come one after the other. */
export async function lockGroup(tx: Tx, id: string) {
  await tx.$queryRaw`SELECT 1 FROM "ServerGroup" WHERE "id" = ${id} FOR UPDATE`;
  const group = await tx.serverGroup.findUnique({ where: { id } });
  if (!group) throw notFound('group');
  return group;
}
