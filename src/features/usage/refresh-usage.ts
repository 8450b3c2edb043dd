import { openServer } from '@/features/servers/server-access';
import { refuseDuringMaintenance, requireService } from '@/features/services/require-service';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { db, type Tx } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';
import { uuidv7 } from '@/lib/ids';
import { takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import { readFigures } from './figures';
import { readOne } from './read-server-usage';
import { storeUsage } from './store-usage';
import { syncServerUsage, type UsageSync } from './sync-server-usage';

/** Asks the panel for one service's figures now. The old ones stay when it does not tell. */
export async function refreshUsage(ctx: Ctx, serviceId: string): Promise<{ serviceId: string }> {
  const service = await requireService(ctx, serviceId);
  refuseDuringMaintenance(ctx, service);
  const { server } = service;
  if (!server || !['ACTIVE', 'SUSPENDED'].includes(service.status)) {
    throw new DomainError(
      'INVALID_STATE',
      'This service has no account on a server right now, so there is nothing to measure. Try again when it is active.',
    );
  }
  if (server.isDisabled || server.heldAt || server.status === 'OFFLINE') {
    throw new DomainError(
      'UNAVAILABLE',
      'The server of this service cannot be asked right now. The last figures are kept. They are renewed by themselves when it is back.',
    );
  }
  await takeTry('usage', serviceId);
  const open = await openServer(server.id);
  if (!open.module.getUsage) {
    await refreshServerUsage(ctx, server.id, false);
    return { serviceId };
  }
  const [now] = await db.$queryRaw<{ at: Date }[]>`SELECT now()::timestamp(3) AS "at"`;
  const answer = await readOne(open, serviceId);
  const figures = answer.ok ? readFigures(answer.value) : null;
  if (!figures || !now) {
    throw new DomainError(
      'UNAVAILABLE',
      'The panel did not tell usable figures. The last ones are kept. Try again in a few minutes; the hourly reading goes on by itself.',
    );
  }
  await inTransaction((tx) => storeUsage(tx, server.id, now.at, new Map([[serviceId, figures]])));
  return { serviceId };
}

/** Reads a whole server now; `trust` takes a list as fact that looked wrong. Says what came of it. */
export async function refreshServerUsage(ctx: Ctx, serverId: string, trust: boolean): Promise<UsageSync> {
  const server = await db.server.findUnique({ where: { id: serverId }, select: { archivedAt: true } });
  if (!server || server.archivedAt) throw notFound('server');
  if (trust) await inTransaction((tx) => noteTrust(tx, ctx, serverId));
  const sync = await syncServerUsage(serverId, `asked-${uuidv7()}`, trust);
  if (sync.end === 'busy') {
    throw new DomainError('CONFLICT', 'The figures of this server are being read already. Look again in a minute.');
  }
  return sync;
}

/** Figures that looked wrong become fact because somebody said so: who that was has to be known later. */
function noteTrust(tx: Tx, ctx: Ctx, targetId: string): Promise<void> {
  return recordAudit(tx, ctx, {
    action: 'server.accept-usage',
    targetType: 'Server',
    targetId,
    reason: 'The list of usage that looked wrong was said to be right.',
  });
}
