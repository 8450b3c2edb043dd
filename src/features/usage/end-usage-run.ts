import { env } from '@/env';
import { notifyStaff } from '@/features/operations/notify-staff';
import { Prisma } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import type { UsageTurn } from './claim-usage-run';
import type { UsageProblem } from './judge-list';

/** `more`: the time was over before everybody was asked. */
export type UsageEnd =
  | { end: 'done'; accounts: number; missing: number; more: boolean }
  | { end: UsageProblem; errorKind: string | null; words: string };

/** After trouble the next run does not wait for the full hour. */
const SOONER = 4;

/** Writes down how a run went, frees the server for the next one, and marks what it could not renew. */
export async function endUsageRun(turn: UsageTurn, end: UsageEnd, tx?: Tx): Promise<UsageEnd> {
  const write = async (inside: Tx) => {
    if (end.end === 'done') await endWell(inside, turn, end);
    else await endBadly(inside, turn, end);
    return end;
  };
  return tx ? write(tx) : inTransaction(write);
}

async function endWell(tx: Tx, turn: UsageTurn, end: Extract<UsageEnd, { end: 'done' }>): Promise<void> {
  const minutes = end.more ? 0 : env.HYBLE_USAGE_MINUTES;
  await tx.$executeRaw`WITH stale AS (${markStale(turn)}) UPDATE "UsageRun" SET "runId" = NULL, "leaseUntil" = NULL, "endedAt" = clock_timestamp(),
      "durationMs" = (extract(epoch FROM clock_timestamp() - "startedAt") * 1000)::int, "asOf" = "startedAt",
      "accounts" = ${end.accounts}, "missing" = ${end.missing}, "staleSince" = NULL, "problem" = NULL, "errorKind" = NULL, "words" = NULL,
      "nextRunAt" = "startedAt" + make_interval(mins => ${minutes})
    WHERE "serverId" = ${turn.serverId} AND "runId" = ${turn.runId}`;
}

async function endBadly(tx: Tx, turn: UsageTurn, end: Exclude<UsageEnd, { end: 'done' }>): Promise<void> {
  const words = end.words.slice(0, 500);
  const [ended] = await tx.$queryRaw<
    { news: boolean; server: string }[]
  >`WITH stale AS (${markStale(turn)}) UPDATE "UsageRun" u SET "runId" = NULL, "leaseUntil" = NULL,
      "endedAt" = clock_timestamp(), "durationMs" = (extract(epoch FROM clock_timestamp() - u."startedAt") * 1000)::int,
      "staleSince" = COALESCE(u."staleSince", now()), "problem" = ${end.end}, "errorKind" = ${end.errorKind}, "words" = ${words},
      "nextRunAt" = u."startedAt" + make_interval(mins => ${Math.ceil(env.HYBLE_USAGE_MINUTES / SOONER)})
    FROM (SELECT r."serverId", r."problem", s."name" FROM "UsageRun" r JOIN "Server" s ON s."id" = r."serverId"
      WHERE r."serverId" = ${turn.serverId} AND r."runId" = ${turn.runId} FOR UPDATE OF r) o
    WHERE u."serverId" = o."serverId" RETURNING o."problem" IS DISTINCT FROM ${end.end} AS "news", o."name" AS "server"`;
  // A panel that cannot be reached is told of by the checks; a list that cannot be true by nobody else.
  if (!ended?.news || end.end === 'failed') return;
  const { serverId } = turn;
  await notifyStaff(tx, { kind: 'usage-doubtful', serverId, server: ended.server, problem: end.end, words });
}

/** Whatever this run did not renew is old from now on. Part of the statement that ends it. */
function markStale({ serverId, startedAt }: UsageTurn): Prisma.Sql {
  return Prisma.sql`UPDATE "UsageLatest" SET "staleSince" = now()
    WHERE "serverId" = ${serverId} AND "staleSince" IS NULL AND "asOf" < ${startedAt}::timestamp(3)`;
}
