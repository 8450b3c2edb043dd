import { openServer } from '@/features/servers/server-access';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { askLink, type LoginAnswer } from './ask-link';

/**
 * A one-time link into a server's own panel, with every right that the stored login has there: administrators only, with
 * a reason. Throws NOT_FOUND for everybody else, as for a server that is not there.
 */
export async function createServerSsoUrl(
  ctx: Ctx,
  { serverId, reason }: { serverId: string; reason: string },
): Promise<LoginAnswer> {
  const isAdmin = ctx.actor.type === 'user' && ctx.actor.role === 'ADMIN';
  const found = isAdmin && (await db.server.findFirst({ where: { id: serverId, archivedAt: null } }));
  if (!found) throw notFound('server');
  if (reason === '') return { ok: false, why: 'reason' };
  const open = await openServer(serverId);
  const { module, server } = open;
  if (!module.getAdminSSOUrl) return { ok: false, why: 'not-offered' };
  return askLink(ctx, {
    open,
    visitor: ctx.actor.id ?? ctx.actor.name,
    about: { targetType: 'server', targetId: serverId, reason },
    call: {},
    ask: async (panel) => module.getAdminSSOUrl?.(server, panel),
  });
}
