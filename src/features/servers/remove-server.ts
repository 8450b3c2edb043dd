import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { ServerReasonInput } from './schema';

/**
 * Archives a server for good: it leaves its group and every list, and its connection settings are erased. Refused with
 * INVALID_STATE while services that are not ended, or places held for some, are there.
 */
export async function removeServer(ctx: Ctx, { id, reason }: ServerReasonInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    // Placing an account locks the same row: nobody can move in while this looks.
    await tx.$executeRaw`SELECT 1 FROM "Server" WHERE "id" = ${id} FOR UPDATE`;
    const server = await tx.server.findUnique({
      where: { id },
      select: { name: true, hostname: true, archivedAt: true },
    });
    if (!server) throw notFound('server');
    if (server.archivedAt !== null) throw new DomainError('INVALID_STATE', `"${server.name}" is archived already.`);
    await refuseWhileUsed(tx, id, server.name);
    await tx.$executeRaw`UPDATE "Server" SET "archivedAt" = now(), "updatedAt" = now(), "credentials" = '{}'::jsonb, "tlsTrust" = NULL,
      "groupId" = NULL, "heldAt" = NULL, "heldKind" = NULL, "heldReason" = NULL, "nextProbeAt" = NULL WHERE "id" = ${id}`;
    await recordAudit(tx, ctx, {
      action: 'server.remove',
      targetType: 'Server',
      targetId: id,
      reason,
      before: { name: server.name, hostname: server.hostname },
    });
    return { id };
  });
}

async function refuseWhileUsed(tx: Tx, serverId: string, name: string): Promise<void> {
  const services = await tx.service.count({
    where: { serverId, status: { in: ['PENDING', 'ACTIVE', 'SUSPENDED', 'FAILED'] } },
  });
  const places = await tx.placement.count({ where: { serverId, releasedAt: null } });
  if (services === 0 && places === 0) return;
  const words = [
    services > 0 && `${services} ${services === 1 ? 'service lives' : 'services live'} on it`,
    places > services &&
      `${places} ${places === 1 ? 'place is' : 'places are'} held on it by orders that are not settled`,
  ].filter(Boolean);
  throw new DomainError(
    'INVALID_STATE',
    `"${name}" cannot be removed: ${words.join(', and ')}. Nothing was changed. Its page lists them under Accounts; terminate or move them, settle open operations, then remove it.`,
  );
}
