import { notifyStaff } from '@/features/operations/notify-staff';
import { wakeForServer } from '@/features/operations/wake-operations';
import { recordAudit } from '@/lib/audit';
import { systemContext } from '@/lib/context';
import type { Tx } from '@/lib/db';

const FIRST_PROBE_SECONDS = 30;
const WAITING_FOR_SLOTS = 1000;

/**
 * Takes a server out of work because its trouble is its own: no changing calls until a probe succeeds or staff release
 * it. Holding a held server changes nothing. A hold that staff have to end is not probed: the probe would pass.
 */
export async function holdServer(
  tx: Tx,
  serverId: string,
  kind: string,
  words: string,
  endedBy: 'probe' | 'staff' = 'probe',
): Promise<void> {
  const probeIn = endedBy === 'probe' ? FIRST_PROBE_SECONDS : null;
  const reason = words.slice(0, 500);
  const [held] = await tx.$queryRaw<{ name: string }[]>`UPDATE "Server"
    SET "heldAt" = now(), "heldKind" = ${kind}, "heldReason" = ${reason},
      "probeCount" = 0, "nextProbeAt" = now() + make_interval(secs => ${probeIn}::float8), "updatedAt" = now()
    WHERE "id" = ${serverId} AND "heldAt" IS NULL RETURNING "name"`;
  if (!held) return;
  await recordAudit(tx, systemContext('server watch'), {
    action: 'server.hold',
    targetType: 'server',
    targetId: serverId,
    reason,
    after: { kind },
  });
  // Who waits for a slot there goes elsewhere if it can, and says so if it cannot.
  await wakeForServer(tx, serverId, WAITING_FOR_SLOTS);
  await notifyStaff(tx, { kind: 'server-held', serverId, server: held.name, errorKind: kind, words: reason, endedBy });
}
