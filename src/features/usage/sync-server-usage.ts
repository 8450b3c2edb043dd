import { announceRoom } from '@/features/placement/announce-room';
import { insideServer } from '@/features/servers/inside-server';
import { openServer } from '@/features/servers/server-access';
import { db, type Tx } from '@/lib/db';
import { DomainError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { inTransaction } from '@/lib/transaction';
import { ModuleError } from '@/modules/sdk/errors';
import { claimUsageRun, type UsageTurn } from './claim-usage-run';
import { endUsageRun, type UsageEnd } from './end-usage-run';
import { judgeList } from './judge-list';
import { type KnownService, type Matched, matchAccounts } from './match-accounts';
import { readServerUsage, type ServerReading } from './read-server-usage';
import { storeUsage } from './store-usage';

/** What a run says to its executor: counts and codes only. `busy` = another run of this server is under way. */
export type UsageSync = { serverId: string; end: 'busy' | 'nothing' } | ({ serverId: string } & UsageEnd);

/**
 * Renews the figures of all accounts of one server. Nothing is stored of a run that failed, or whose list cannot be true:
 * the old figures stay and say since when they are old. `trust`: staff looked, the list is right as it is.
 */
export async function syncServerUsage(serverId: string, runId: string, trust = false): Promise<UsageSync> {
  const turn = await claimUsageRun(serverId, runId);
  if (!turn) return { serverId, end: 'busy' };
  const known = await knownServices(serverId);
  const expected = known.filter(({ measured }) => measured).map(({ id }) => id);
  const read = expected.length === 0 ? null : await readServer(serverId, expected);
  if (!read) {
    await db.usageRun.updateMany({ where: { serverId }, data: { leaseUntil: null, runId: null } });
    return { serverId, end: 'nothing' };
  }
  return { serverId, ...(await settle(turn, known, expected, read, trust)) };
}

interface Read {
  reading: ServerReading;
  /** As it stood before; nobody but the run that has its turn writes it. */
  unknownBefore: number;
}

/** null = the server is not used any more, or not asked now. */
async function readServer(serverId: string, expected: string[]): Promise<Read | null> {
  try {
    const open = await openServer(serverId);
    if (open.record.archivedAt) return null;
    const reading = await insideServer(serverId, () => readServerUsage(open, expected));
    return reading && { reading, unknownBefore: open.record.unknownCount };
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const reading = { ok: false as const, error: new ModuleError({ kind: 'policy', words: error.message }) };
    return { reading, unknownBefore: 0 };
  }
}

async function settle(
  turn: UsageTurn,
  known: Known[],
  expected: string[],
  { reading, unknownBefore }: Read,
  trust: boolean,
): Promise<UsageEnd> {
  if (!reading.ok) {
    const { kind, words } = reading.error;
    return endUsageRun(turn, { end: 'failed', errorKind: kind, words });
  }
  const matched = matchAccounts(known, reading.lines);
  const diskUsed = new Map(known.map((service) => [service.id, service.diskUsed]));
  const problem = trust || !reading.whole ? null : judgeList({ expected, diskUsed }, matched);
  if (problem) {
    logger.warn({ serverId: turn.serverId, problem, listed: matched.listed }, 'a list of usage was not taken as fact');
    const words = `${matched.listed} accounts listed, ${matched.figures.size} of ${expected.length} known ones recognised.`;
    return endUsageRun(turn, { end: problem, errorKind: null, words });
  }
  const left = reading.whole ? [] : expected.slice(reading.lines.length);
  return inTransaction(async (tx) => {
    const accounts = await storeUsage(tx, turn.serverId, turn.startedAt, matched.figures);
    if (reading.whole && matched.unknown !== unknownBefore) await keepUnknown(tx, turn.serverId, matched);
    return endUsageRun(turn, { end: 'done', accounts, missing: expected.length - accounts, more: left.length > 0 }, tx);
  });
}

interface Known extends KnownService {
  /** As stored: what a list is compared with. */
  diskUsed: number | null;
}

/** Whoever was not reached the longest comes first: where accounts are asked one by one, a short run still gets to all. */
async function knownServices(serverId: string): Promise<Known[]> {
  const [{ known }] = await db.$queryRaw<[{ known: Known[] | null }]>`SELECT json_agg(k) AS "known" FROM (
      SELECT v."id", v."remoteId", v."username", v."domain", l."diskUsed",
        (v."serverId" = ${serverId} AND v."status" IN ('ACTIVE', 'SUSPENDED')) IS TRUE AS "measured"
      FROM (
        SELECT * FROM "Service" WHERE "serverId" = ${serverId}
        UNION ALL SELECT s.* FROM "Placement" p JOIN "Service" s ON s."id" = p."serviceId" AND s."serverId" IS DISTINCT FROM p."serverId"
          WHERE p."serverId" = ${serverId} AND p."releasedAt" IS NULL
      ) v LEFT JOIN (SELECT * FROM "UsageLatest" WHERE "serverId" = ${serverId}) l ON l."serviceId" = v."id"
      WHERE v."status" NOT IN ('TERMINATED', 'CANCELLED')
      ORDER BY l."asOf" NULLS FIRST, v."id"
    ) k`;
  return known ?? [];
}

/** Accounts that nobody here ordered take room as well. */
async function keepUnknown(tx: Tx, serverId: string, { unknown }: Matched): Promise<void> {
  const [changed] = await tx.$queryRaw<
    { fewer: boolean }[]
  >`UPDATE "Server" s SET "unknownCount" = ${unknown}, "updatedAt" = now()
    FROM (SELECT "id", "unknownCount" FROM "Server" WHERE "id" = ${serverId} AND "unknownCount" <> ${unknown} FOR UPDATE) o
    WHERE s."id" = o."id" RETURNING o."unknownCount" > ${unknown} AS "fewer"`;
  if (changed?.fewer) await announceRoom(tx, serverId);
}
