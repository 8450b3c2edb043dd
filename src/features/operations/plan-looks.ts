import { requireModule } from '@/features/modules/require-module';
import { openPlacement, releaseIfClean } from '@/features/placement/release-placement';
import { settleSeconds } from '@/features/servers/call-limits';
import { type OpenServer, policiesOf } from '@/features/servers/server-access';
import type { Operation } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';

/** Looks after the one at once and the one after the settle time, in seconds: a panel that was slow may still finish it. */
const LATER_LOOKS = [3600, 86_400];
/** `crashCount` of a create that has yet to be looked for the first time. */
const NOT_YET_LOOKED = -1;
/**
 * A create that was sent and then cancelled keeps its slot while its account may still turn up: it is looked for after
 * the settle time, after an hour and after a day, and at once where nobody has `looked` yet. `crashCount` counts these
 * looks; nothing else runs on a cancelled row.
 */
export async function beginCancelChecks(
  tx: Tx,
  operation: Pick<Operation, 'id' | 'serviceId'>,
  looked: boolean,
): Promise<void> {
  if (await releaseIfClean(tx, operation.serviceId, 'cancelled')) return;
  const placement = await openPlacement(tx, operation.serviceId);
  if (!placement) return;
  if (!looked) return planLook(tx, operation.id, 0, NOT_YET_LOOKED);
  await planLook(tx, operation.id, await settleSecondsAt(tx, placement.serverId), 0);
}

/** Without opening the server: that wants a second connection, and credentials that can still be read. */
async function settleSecondsAt(tx: Tx, serverId: string): Promise<number> {
  const { timeouts, module } = await tx.server.findUniqueOrThrow({
    where: { id: serverId },
    select: { timeouts: true, module: { select: { slug: true } } },
  });
  return settleSeconds(policiesOf(await requireModule(module.slug)), timeouts);
}

async function planLook(tx: Tx, operationId: string, seconds: number, looks: number): Promise<void> {
  await tx.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() + make_interval(secs => ${seconds}), "crashCount" = ${looks} WHERE "id" = ${operationId}`;
}

/** After one that found nothing: false = that was the last. */
export async function planNextLook(
  tx: Tx,
  operation: Pick<Operation, 'id' | 'crashCount'>,
  open: OpenServer,
): Promise<boolean> {
  const { id, crashCount: looks } = operation;
  const settle = settleSeconds(policiesOf(open.module), open.record.timeouts);
  const seconds = looks === NOT_YET_LOOKED ? settle : LATER_LOOKS[looks];
  if (seconds !== undefined) await planLook(tx, id, seconds, looks + 1);
  return seconds !== undefined;
}
