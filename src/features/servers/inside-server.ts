import { db, type Tx } from '@/lib/db';
import { logger } from '@/lib/logger';
import { isGone, processId } from '@/lib/process-id';
import { inTransaction } from '@/lib/transaction';
import { holdServer } from './hold-server';

const MOST_STOPS = 3;
/** Who has been inside for longer died there, and nobody went on with it. */
const INSIDE_SECONDS = 120;
// Any number that no other part of the program locks.
const SUSPECTS_LOCK = 7_243_003;
const KIND = 'program-stopped';
const WORDS =
  'The program stopped each of the last three times when it asked this server by itself. Its module may never come to an end: read the log, then release the server.';

/**
 * Asks a server what nobody ordered (a check, a probe, its usage, a look for a cancelled account) and writes down that this process is inside meanwhile,
 * so that its death is noticed. Servers in which a process died are asked one after another; one in which three died in a
 * row is held until staff release it. null = it was not asked.
 */
export async function insideServer<T>(serverId: string, ask: () => Promise<T>): Promise<T | null> {
  if (!(await enterServer(serverId))) return null;
  try {
    return await ask();
  } finally {
    await leaveInside(serverId);
  }
}

async function enterServer(serverId: string): Promise<boolean> {
  const usual = await db.$executeRaw`UPDATE "Server" SET "insideBy" = ${processId}, "insideSince" = now()
    WHERE "id" = ${serverId} AND "stopCount" = 0 AND ("insideBy" IS NULL OR "insideBy" = ${processId})
      AND "heldKind" IS DISTINCT FROM ${KIND}`;
  return usual === 1 || (await inTransaction((tx) => enterAfterStop(tx, serverId)));
}

async function enterAfterStop(tx: Tx, serverId: string): Promise<boolean> {
  const [server] = await tx.$queryRaw<
    { insideBy: string | null; stopCount: number; heldKind: string | null }[]
  >`SELECT "insideBy", "stopCount", "heldKind" FROM "Server" WHERE "id" = ${serverId} FOR NO KEY UPDATE`;
  if (!server || server.heldKind === KIND) return false;
  const died = server.insideBy !== null && (await isGone(tx, server.insideBy));
  const stopCount = server.stopCount + (died ? 1 : 0);
  if (died && stopCount >= MOST_STOPS) {
    await setAside(tx, serverId);
    return false;
  }
  const mustWait = stopCount > 0 && (await anotherSuspectIsInside(tx, serverId));
  await tx.$executeRaw`UPDATE "Server" SET "stopCount" = ${stopCount}, "insideBy" = ${mustWait ? null : processId}, "insideSince" = now()
    WHERE "id" = ${serverId}`;
  return !mustWait;
}

/** Also where it is held already: what only a probe would end now waits for a person. */
async function setAside(tx: Tx, serverId: string): Promise<void> {
  await holdServer(tx, serverId, KIND, WORDS, 'staff');
  await tx.$executeRaw`UPDATE "Server" SET "stopCount" = 0, "insideBy" = NULL, "heldKind" = ${KIND}, "heldReason" = ${WORDS}, "nextProbeAt" = NULL
    WHERE "id" = ${serverId}`;
}

/** All that were asked when a process died are suspected of it: one after another, the next stop is told of one alone. */
async function anotherSuspectIsInside(tx: Tx, serverId: string): Promise<boolean> {
  // Two of them must not both find nobody.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SUSPECTS_LOCK}::bigint)`;
  const [row] = await tx.$queryRaw<{ found: boolean }[]>`SELECT EXISTS (SELECT 1 FROM "Server"
    WHERE "stopCount" > 0 AND "id" <> ${serverId} AND "insideBy" IS NOT NULL
      AND "insideSince" > now() - make_interval(secs => ${INSIDE_SECONDS})) AS "found"`;
  return row?.found ?? false;
}

async function leaveInside(serverId: string): Promise<void> {
  try {
    await db.$executeRaw`UPDATE "Server" SET "insideBy" = NULL, "stopCount" = 0
      WHERE "id" = ${serverId} AND "insideBy" = ${processId}`;
  } catch (error) {
    // This very process is alive, so nobody takes what stays behind for a death.
    logger.warn({ err: error, serverId }, 'the end of a question to a server could not be written down');
  }
}
