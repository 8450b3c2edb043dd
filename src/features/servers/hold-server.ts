import type { Tx } from '@/lib/db';
import { recordAudit } from '@/lib/audit';
import { systemContext } from '@/lib/context';

const FIRST_PROBE_SECONDS = 30;

/**
 * Takes a server out of work because its trouble is its own: no changing calls until a probe succeeds or staff release
 * it. Holding a held server changes nothing.
 */
export async function holdServer(tx: Tx, serverId: string, kind: string, words: string): Promise<void> {
  const held = await tx.$executeRaw`UPDATE "Server" SET "heldAt" = now(), "heldKind" = ${kind}, "heldReason" = ${words.slice(0, 500)},
      "probeCount" = 0, "nextProbeAt" = now() + make_interval(secs => ${FIRST_PROBE_SECONDS}), "updatedAt" = now()
    WHERE "id" = ${serverId} AND "heldAt" IS NULL`;
  if (held === 0) return;
  await recordAudit(tx, systemContext('server watch'), {
    action: 'server.hold',
    targetType: 'server',
    targetId: serverId,
    reason: words.slice(0, 500),
    after: { kind },
  });
}
