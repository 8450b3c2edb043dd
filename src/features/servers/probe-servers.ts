import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { logger } from '@/lib/logger';
import { inTransaction } from '@/lib/transaction';
import { insideServer } from './inside-server';
import { releaseServer } from './release-server';
import { openServer } from './server-access';
import { testServer } from './test-server';

const PROBE_EVERY_SECONDS = 30;
const AT_ONCE = 20;

/** Tests each held server whose probe is due; a server that answers well goes back to work. */
export async function probeServers(): Promise<void> {
  const due = await db.$queryRaw<{ id: string }[]>`UPDATE "Server"
    SET "nextProbeAt" = now() + make_interval(secs => ${PROBE_EVERY_SECONDS}), "probeCount" = "probeCount" + 1
    WHERE "id" IN (SELECT "id" FROM "Server" WHERE "heldAt" IS NOT NULL AND "nextProbeAt" <= now() AND NOT "isDisabled"
      ORDER BY "nextProbeAt" LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
    RETURNING "id"`;
  await Promise.all(due.map(({ id }) => probeServer(id)));
}

async function probeServer(serverId: string): Promise<void> {
  try {
    const open = await openServer(serverId);
    const verdict = await insideServer(serverId, () => testServer(open));
    if (!verdict?.ok) return;
    await inTransaction((tx) => releaseServer(tx, systemContext('server watch'), serverId, 'The probe succeeded.'));
  } catch (error) {
    logger.warn({ err: error, serverId }, 'the probe of a held server could not be made; it is tried again');
  }
}
