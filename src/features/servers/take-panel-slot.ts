import type { Tx } from '@/lib/db';

/**
 * Takes one of a panel's slots for changing calls, for as long as the call's lease; false = all are taken.
 * A slot whose lease is over counts as free: its process died. A panel that has just come back has fewer.
 */
export async function takePanelSlot(
  tx: Tx,
  serverId: string,
  operationId: string,
  limit: number,
  leaseSeconds: number,
): Promise<boolean> {
  // Counting and taking must be one act: whoever counts at the same time waits here.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`panel-slot:${serverId}`}, 0))`;
  await tx.$executeRaw`DELETE FROM "PanelSlot" WHERE "serverId" = ${serverId} AND ("leaseUntil" < now() OR "operationId" = ${operationId})`;
  const taken = await tx.$executeRaw`INSERT INTO "PanelSlot" ("serverId", "operationId", "leaseUntil")
    SELECT ${serverId}, ${operationId}, now() + make_interval(secs => ${leaseSeconds})
    WHERE (SELECT count(*) FROM "PanelSlot" WHERE "serverId" = ${serverId}) <
      (SELECT LEAST(${limit}::int, COALESCE("drainLimit", ${limit}::int)) FROM "Server" WHERE "id" = ${serverId})`;
  return taken === 1;
}
