import { db } from '@/lib/db';
import type { ModuleError } from '@/modules/sdk/errors';
import { callPanel } from './call-panel';
import type { OpenServer } from './server-access';

export type ServerVerdict = { ok: true; latencyMs: number } | { ok: false; error: ModuleError; latencyMs: number };

/** A panel that asks us to slow down is there, knows our key and works. */
export function isWell(verdict: ServerVerdict): boolean {
  return verdict.ok || verdict.error.kind === 'rate-limited';
}

/** One connection test with the stored settings; the result is kept as a check. Trouble at the panel is an answer, not an exception. */
export async function testServer(open: OpenServer): Promise<ServerVerdict> {
  const started = performance.now();
  const answer = await callPanel(open, { call: 'test' }, (ctx) => open.module.testConnection(open.server, ctx));
  const latencyMs = Math.round(performance.now() - started);
  const error = answer.ok ? null : answer.error;
  await db.$transaction([
    db.serverCheck.create({
      data: {
        serverId: open.record.id,
        ok: error === null,
        kind: error?.kind ?? null,
        words: error?.words ?? null,
        latencyMs,
      },
    }),
    db.server.update({ where: { id: open.record.id }, data: { lastCheckedAt: new Date() } }),
  ]);
  return error === null ? { ok: true, latencyMs } : { ok: false, error, latencyMs };
}
