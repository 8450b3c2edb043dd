import { notifyStaff } from '@/features/operations/notify-staff';
import { wakeForServer } from '@/features/operations/wake-operations';
import { announceRoom } from '@/features/placement/announce-room';
import { recordAudit } from '@/lib/audit';
import { systemContext } from '@/lib/context';
import type { Tx } from '@/lib/db';

/** So many misses in a row: one lost packet must not move orders to other servers. */
const MISSES_TO_OFFLINE = 2;
/** A server that missed is looked at again soon, also to see that it is back. */
const LOOK_AGAIN_SECONDS = 55;
/** Waiting operations that a server gets at once when it is back; a free slot wakes the next. */
const WOKEN_AT_ONCE = 4;

interface Miss {
  kind: string;
  words: string;
}

/** Counts a check and moves the server's status where that is due: once, whoever counts at the same time. */
export async function settleCheck(tx: Tx, serverId: string, miss: Miss | null): Promise<void> {
  if (miss) await settleMiss(tx, serverId, miss);
  else await settleSuccess(tx, serverId);
}

async function settleMiss(tx: Tx, serverId: string, { kind, words }: Miss): Promise<void> {
  const [server] = await tx.$queryRaw<{ name: string; wentOffline: boolean }[]>`UPDATE "Server" s
    SET "missCount" = LEAST(s."missCount" + 1, 1000), "nextCheckAt" = now() + make_interval(secs => ${LOOK_AGAIN_SECONDS}),
      "status" = CASE WHEN s."status" = 'ACTIVE' AND s."missCount" + 1 >= ${MISSES_TO_OFFLINE} THEN 'OFFLINE' ELSE s."status" END,
      "updatedAt" = now()
    FROM (SELECT "id", "status" FROM "Server" WHERE "id" = ${serverId} AND "heldAt" IS NULL FOR UPDATE) o
    WHERE s."id" = o."id" RETURNING s."name", (o."status" = 'ACTIVE' AND s."status" = 'OFFLINE') AS "wentOffline"`;
  if (!server?.wentOffline) return;
  await note(tx, serverId, 'server.offline', `${kind}: ${words}`.slice(0, 500));
  await notifyStaff(tx, {
    kind: 'server-offline',
    serverId,
    server: server.name,
    errorKind: kind,
    words: words.slice(0, 500),
  });
}

async function settleSuccess(tx: Tx, serverId: string): Promise<void> {
  const [server] = await tx.$queryRaw<{ name: string; maxParallel: number; cameBack: boolean }[]>`UPDATE "Server" s
    SET "missCount" = 0, "updatedAt" = CASE WHEN o."status" = 'OFFLINE' THEN now() ELSE s."updatedAt" END,
      "status" = CASE WHEN o."status" = 'OFFLINE' THEN 'ACTIVE' ELSE s."status" END,
      "drainLimit" = CASE WHEN o."status" = 'OFFLINE' THEN 1 ELSE s."drainLimit" END
    FROM (SELECT "id", "status" FROM "Server" WHERE "id" = ${serverId} FOR UPDATE) o
    WHERE s."id" = o."id" RETURNING s."name", s."maxParallel", o."status" = 'OFFLINE' AS "cameBack"`;
  if (!server?.cameBack) return;
  await note(tx, serverId, 'server.online', 'A check succeeded.');
  await notifyStaff(tx, { kind: 'server-online', serverId, server: server.name });
  await wakeForServer(tx, serverId, Math.max(server.maxParallel, WOKEN_AT_ONCE));
  await announceRoom(tx, serverId);
}

async function note(tx: Tx, serverId: string, action: string, reason: string): Promise<void> {
  await recordAudit(tx, systemContext('server watch'), { action, targetType: 'server', targetId: serverId, reason });
}
