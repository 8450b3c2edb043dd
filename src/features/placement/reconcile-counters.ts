import { recordAudit } from '@/lib/audit';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { logger } from '@/lib/logger';
import { inTransaction } from '@/lib/transaction';
import { announceRoom } from './announce-room';

export interface Drift {
  serverId: string;
  server: string;
  /** What the counter said, and what was there. */
  counter: number;
  count: number;
}

interface Row {
  id: string;
  name: string;
  counter: number;
  count: number;
}

/**
 * Compares each server's counter with a real count of its open slots. A counter that is wrong is put right, and said in
 * the audit log: it should never happen, so somebody has changed rows by hand or a defect wants to be found.
 */
export async function reconcileCounters(): Promise<{ checked: number; drift: Drift[] }> {
  const suspects = await db.$queryRaw<{ id: string }[]>`SELECT s."id" FROM "Server" s
    LEFT JOIN (SELECT "serverId", count(*)::int AS "count" FROM "Placement" WHERE "releasedAt" IS NULL GROUP BY 1) p
      ON p."serverId" = s."id"
    WHERE s."accountCount" <> COALESCE(p."count", 0)`;
  const drift: Drift[] = [];
  for (const { id } of suspects) {
    const found = await repair(id);
    if (found) drift.push(found);
  }
  if (drift.length > 0) logger.error({ drift }, 'counters of slots were wrong and have been put right');
  return { checked: await db.server.count(), drift };
}

/** Counts again while nobody can take or give back a slot; null = it was right after all. */
function repair(serverId: string): Promise<Drift | null> {
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Server" WHERE "id" = ${serverId} FOR UPDATE`;
    const [row] = await tx.$queryRaw<Row[]>`SELECT s."id", s."name", s."accountCount" AS "counter",
        (SELECT count(*)::int FROM "Placement" p WHERE p."serverId" = s."id" AND p."releasedAt" IS NULL) AS "count"
      FROM "Server" s WHERE s."id" = ${serverId}`;
    if (!row || row.counter === row.count) return null;
    const { name, counter, count } = row;
    await tx.server.update({ where: { id: serverId }, data: { accountCount: count } });
    await recordAudit(tx, systemContext('nightly count'), {
      action: 'server.recount',
      targetType: 'Server',
      targetId: serverId,
      reason: 'The counter of slots in use was not the number of open placements. It has been put right.',
      before: { accountCount: counter },
      after: { accountCount: count },
    });
    if (count < counter) await announceRoom(tx, serverId);
    return { serverId, server: name, counter, count };
  });
}

/** For the dashboard: counters that were put right in the last seven days, newest first. */
export async function recentDrift(): Promise<(Drift & { at: string })[]> {
  const rows = await db.$queryRaw<(Drift & { when: Date })[]>`SELECT s."id" AS "serverId", s."name" AS "server",
      (a."before"->>'accountCount')::int AS "counter", (a."after"->>'accountCount')::int AS "count", a."at" AS "when"
    FROM "AuditEntry" a JOIN "Server" s ON s."id" = a."targetId"
    WHERE a."action" = 'server.recount' AND a."at" > now() - interval '7 days' ORDER BY a."at" DESC LIMIT 20`;
  return rows.map(({ when, ...drift }) => ({ ...drift, at: when.toISOString() }));
}
