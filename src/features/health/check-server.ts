import { callPanel } from '@/features/servers/call-panel';
import { holdServer } from '@/features/servers/hold-server';
import { insideServer } from '@/features/servers/inside-server';
import { learnLoginHost } from '@/features/servers/login-hosts';
import { type OpenServer, openServer } from '@/features/servers/server-access';
import { testServer } from '@/features/servers/test-server';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { DomainError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { inTransaction } from '@/lib/transaction';
import type { ErrorKind } from '@/modules/sdk/errors';
import { settleCheck } from './settle-check';

/** Version and the like change seldom: asked for at most this often. */
const INFO_EVERY_MS = 3_600_000;

export type CheckEnd = { serverId: string; end: 'skipped' | 'ok' | 'missed' | 'held'; latencyMs: number | null };

/** Trouble that no second try changes: the login, the certificate or our own rules. */
const HELD_AT_ONCE: readonly ErrorKind[] = ['auth', 'policy'];

/**
 * One check of one server: how long its panel took, whether it is there, which version it is. Two misses in a row take an
 * ACTIVE server OFFLINE, one success brings it back; MAINTENANCE is staff's word and stays.
 */
export async function checkServer(serverId: string): Promise<CheckEnd> {
  const record = await db.server.findUnique({ where: { id: serverId } });
  if (!record || record.archivedAt || record.isDisabled || record.heldAt)
    return { serverId, end: 'skipped', latencyMs: null };
  const open = await openForCheck(serverId);
  if (!open) return { serverId, end: 'missed', latencyMs: null };
  const verdict = await insideServer(serverId, () => testServer(open));
  if (!verdict) return { serverId, end: 'skipped', latencyMs: null };
  const { latencyMs } = verdict;
  if (verdict.ok) {
    await inTransaction((tx) => settleCheck(tx, serverId, null));
    await readInfo(open);
    return { serverId, end: 'ok', latencyMs };
  }
  const { kind, words } = verdict.error;
  if (HELD_AT_ONCE.includes(kind) && record.status === 'ACTIVE') {
    await inTransaction((tx) => holdServer(tx, serverId, kind, words));
    return { serverId, end: 'held', latencyMs };
  }
  await inTransaction((tx) => settleCheck(tx, serverId, { kind, words }));
  return { serverId, end: 'missed', latencyMs };
}

/** Settings that cannot be opened any more are a miss like any other: nothing can be done on this server. */
async function openForCheck(serverId: string): Promise<OpenServer | null> {
  try {
    return await openServer(serverId);
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    const miss = { kind: 'policy', words: error.message };
    await inTransaction(async (tx) => {
      await tx.serverCheck.create({ data: { serverId, ok: false, latencyMs: 0, ...miss } });
      await settleCheck(tx, serverId, miss);
    });
    return null;
  }
}

async function readInfo(open: OpenServer): Promise<void> {
  const { id, infoAt } = open.record;
  if (!open.module.getServerInfo || (infoAt && Date.now() - infoAt.getTime() < INFO_EVERY_MS)) return;
  const answer = await insideServer(id, () =>
    callPanel(open, { call: 'test' }, async (ctx) => open.module.getServerInfo?.(open.server, ctx)),
  );
  if (!answer) return;
  if (!answer.ok) {
    logger.warn(
      { serverId: id, kind: answer.error.kind },
      'a server that answers did not tell its version; asked again at the next check',
    );
    return;
  }
  if (infoAt === null) await learnLoginHost(systemContext('server watch'), open, answer.value?.hostname);
  const version = answer.value?.version?.slice(0, 100) ?? null;
  await db.$executeRaw`UPDATE "Server" SET "version" = COALESCE(${version}, "version"), "infoAt" = now() WHERE "id" = ${id}`;
}
