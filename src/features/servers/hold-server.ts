import { notifyStaff } from '@/features/operations/notify-staff';
import { recordAudit } from '@/lib/audit';
import { systemContext } from '@/lib/context';
import type { Tx } from '@/lib/db';

const FIRST_PROBE_SECONDS = 30;

/**
 * Takes a server out of work because its trouble is its own: no changing calls until a probe succeeds or staff release
 * it. Holding a held server changes nothing.
 */
export async function holdServer(tx: Tx, serverId: string, kind: string, words: string): Promise<void> {
  const reason = words.slice(0, 500);
  const [held] = await tx.$queryRaw<{ name: string }[]>`UPDATE "Server"
    SET "heldAt" = now(), "heldKind" = ${kind}, "heldReason" = ${reason},
      "probeCount" = 0, "nextProbeAt" = now() + make_interval(secs => ${FIRST_PROBE_SECONDS}), "updatedAt" = now()
    WHERE "id" = ${serverId} AND "heldAt" IS NULL RETURNING "name"`;
  if (!held) return;
  await recordAudit(tx, systemContext('server watch'), {
    action: 'server.hold',
    targetType: 'server',
    targetId: serverId,
    reason,
    after: { kind },
  });
  await notifyStaff(tx, { kind: 'server-held', serverId, server: held.name, errorKind: kind, words: reason });
}
