import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { OrderServersInput } from './schema';
import { lockGroup } from './update-group';

/**
 * Puts the group's servers in order; `pack` fills them one after the other. Throws CONFLICT when the list is not exactly
 * the group's servers: somebody added or removed one meanwhile.
 */
export async function orderServers(ctx: Ctx, { id, serverIds }: OrderServersInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    await lockGroup(tx, id);
    const members = await tx.server.findMany({
      where: { groupId: id, archivedAt: null },
      select: { id: true, name: true, groupPosition: true },
      orderBy: [{ groupPosition: 'asc' }, { createdAt: 'asc' }, { id: 'asc' }],
    });
    const names = new Map(members.map((server) => [server.id, server.name]));
    const complete = new Set(serverIds).size === members.length && serverIds.length === members.length;
    if (!complete || serverIds.some((serverId) => !names.has(serverId))) {
      throw new DomainError(
        'CONFLICT',
        'The order was not changed: the servers of this group have changed meanwhile. Load the page again and put them in order anew.',
      );
    }
    await tx.$executeRaw`UPDATE "Server" s SET "groupPosition" = n.place - 1, "updatedAt" = now()
      FROM unnest(${serverIds}::text[]) WITH ORDINALITY AS n(id, place)
      WHERE s."id" = n.id AND s."groupPosition" IS DISTINCT FROM n.place - 1`;
    const before = { servers: members.map(({ name }) => name) };
    const after = { servers: serverIds.map((serverId) => names.get(serverId) ?? serverId) };
    if (before.servers.join('\n') !== after.servers.join('\n')) {
      await recordAudit(tx, ctx, { action: 'group.order', targetType: 'ServerGroup', targetId: id, before, after });
    }
    return { id };
  });
}
