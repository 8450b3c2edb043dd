import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { badInput } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { CreateGroupInput } from './schema';

/** Creates an empty server group. Throws BAD_INPUT when the name is taken. */
export async function createGroup(ctx: Ctx, input: CreateGroupInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const taken = await tx.serverGroup.findUnique({ where: { name: input.name }, select: { id: true } });
    if (taken) throw badInput(['name'], 'There is a group with this name already. Take another one.');
    const group = await tx.serverGroup.create({ data: input, select: { id: true } });
    await recordAudit(tx, ctx, {
      action: 'group.create',
      targetType: 'ServerGroup',
      targetId: group.id,
      after: { ...input },
    });
    return group;
  });
}
