import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';
import type { Checklist } from './check-line';
import { learnLoginHost } from './login-hosts';
import { runChecklist } from './run-checklist';
import type { TestServerInput } from './schema';
import { openServer } from './server-access';
import { takeTest } from './test-connection';

/**
 * Tests a server as it is stored and keeps the result as a check. Trouble at the panel is an answer. Throws NOT_FOUND,
 * INVALID_STATE for an archived server, TOO_MANY_REQUESTS after ten tests in a minute.
 */
export async function testStoredServer(ctx: Ctx, { id, part, language }: TestServerInput): Promise<Checklist> {
  const known = await db.server.findUnique({ where: { id }, select: { archivedAt: true, name: true } });
  if (!known) throw notFound('server');
  if (known.archivedAt !== null)
    throw new DomainError('INVALID_STATE', `"${known.name}" is archived: its connection settings are erased.`);
  await takeTest(ctx, part);
  const open = await openServer(id);
  const { verdict, ...checklist } = await runChecklist(open, part, language);
  if (verdict !== null) await keepCheck(id, verdict, checklist.version);
  if (checklist.ok) await learnLoginHost(ctx, open, verdict?.info?.hostname);
  return checklist;
}

async function keepCheck(
  serverId: string,
  { error, latencyMs }: { error: { kind: string; words: string } | null; latencyMs: number },
  version: string | null,
): Promise<void> {
  const check = { serverId, ok: error === null, kind: error?.kind ?? null, words: error?.words ?? null, latencyMs };
  const seen = version === null ? {} : { version };
  await db.$transaction([
    db.serverCheck.create({ data: check }),
    db.server.update({ where: { id: serverId }, data: { lastCheckedAt: new Date(), ...seen } }),
  ]);
}
