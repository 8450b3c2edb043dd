import type { Tx } from '@/lib/db';
import { addressOf } from './connection-settings';
import type { OpenServer } from './server-access';

export interface WantedSlot {
  operationId: string;
  limit: number;
  leaseSeconds: number;
}

/**
 * Takes one of a panel's slots for changing calls, for as long as the call's lease; false = all are taken.
 * A slot whose lease is over counts as free: its process died. A panel that has just come back has fewer.
 * Where the limit is the panel's, every server that dials the same address draws from the same slots.
 */
export async function takePanelSlot(tx: Tx, open: OpenServer, wanted: WantedSlot): Promise<boolean> {
  const serverId = open.record.id;
  const panelKey = panelKeyOf(open);
  const { operationId, limit, leaseSeconds } = wanted;
  if (panelKey !== open.record.panelKey)
    await tx.$executeRaw`UPDATE "Server" SET "panelKey" = ${panelKey} WHERE "id" = ${serverId}`;
  await lockPanelSlots(tx, serverId);
  await tx.$executeRaw`DELETE FROM "PanelSlot" p USING "Server" s WHERE p."serverId" = s."id"
    AND (s."id" = ${serverId} OR s."panelKey" = ${panelKey})
    AND p."operationId" = ${operationId}`;
  const taken = await tx.$executeRaw`INSERT INTO "PanelSlot" ("serverId", "operationId", "leaseUntil")
    SELECT ${serverId}, ${operationId}, now() + make_interval(secs => ${leaseSeconds})
    WHERE (SELECT count(*) FROM "PanelSlot" p JOIN "Server" s ON s."id" = p."serverId"
        WHERE (s."id" = ${serverId} OR s."panelKey" = ${panelKey}) AND p."leaseUntil" >= now()) <
      (SELECT LEAST(${limit}::int, COALESCE("drainLimit", ${limit}::int)) FROM "Server" WHERE "id" = ${serverId})`;
  return taken === 1;
}

/**
 * Counting and taking must be one act, and so must finding none free and parking for one: whoever takes, frees or parks at
 * the same time waits here.
 */
export async function lockPanelSlots(tx: Tx, serverId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('panel-slot:' || COALESCE("panelKey", "id"), 0))
    FROM "Server" WHERE "id" = ${serverId}`;
}

/** Host and port that are dialled, where the module's limit is that of the whole panel; null = the server's own. */
function panelKeyOf({ module, server }: OpenServer): string | null {
  if (module.policies?.parallelPer !== 'panel') return null;
  const address = addressOf(module, server);
  if (address === null || !URL.canParse(address)) return null;
  const { protocol, hostname, port } = new URL(address);
  return `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`;
}
