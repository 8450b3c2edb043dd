import { openPlacement, releaseIfClean, releasePlacement } from '@/features/placement/release-placement';
import { settleSeconds } from '@/features/servers/call-limits';
import { openServer, policiesOf } from '@/features/servers/server-access';
import { lookUpAccount } from '@/features/services/look-up-account';
import { loadModuleService } from '@/features/services/module-service';
import type { Operation } from '@/generated/prisma/client';
import { db, type Tx } from '@/lib/db';
import { logger } from '@/lib/logger';
import { inTransaction } from '@/lib/transaction';
import { handleProvisioningError } from './handle-provisioning-error';

/** Looks after the one at once and the one after the settle time, in seconds: a panel that was slow may still finish it. */
const LATER_LOOKS = [3600, 86_400];
/** `crashCount` of a create that has yet to be looked for the first time. */
const NOT_YET_LOOKED = -1;
const AT_ONCE = 10;

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
  const open = await openServer(placement.serverId);
  await planLook(tx, operation.id, settleSeconds(policiesOf(open.module), open.record.timeouts), 0);
}

async function planLook(tx: Tx, operationId: string, seconds: number, looks: number): Promise<void> {
  await tx.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() + make_interval(secs => ${seconds}), "crashCount" = ${looks} WHERE "id" = ${operationId}`;
}

/** The looks that are due. Called by the sweep. */
export async function lookForCancelled(): Promise<void> {
  const due = await db.$queryRaw<{ id: string }[]>`UPDATE "Operation" SET "nextTryAt" = now() + interval '5 minutes'
    WHERE "id" IN (SELECT "id" FROM "Operation" WHERE "state" = 'CANCELLED' AND "kind" = 'CREATE' AND "nextTryAt" <= now()
      ORDER BY "nextTryAt" LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED) RETURNING "id"`;
  for (const { id } of due) {
    await lookOnce(id).catch((error: unknown) =>
      logger.warn({ err: error, operationId: id }, 'a cancelled create could not be looked for; it is tried again'),
    );
  }
}

async function lookOnce(operationId: string): Promise<void> {
  const operation = await db.operation.findUniqueOrThrow({
    where: { id: operationId },
    include: { attempts: { orderBy: { number: 'asc' } } },
  });
  const placement = await openPlacement(db, operation.serviceId);
  if (!placement) return;
  const open = await openServer(placement.serverId);
  // Whatever may have worked counts, a call that is still under way too.
  const sentAt =
    operation.attempts.find(({ outcome }) => outcome !== 'refused' && outcome !== 'not-done')?.sentAt ?? null;
  const service = await loadModuleService(operation.serviceId, null);
  const found = await lookUpAccount({ operation, open, service, policies: policiesOf(open.module) }, sentAt);
  if (found.found === 'failed') return;
  const server = { id: open.record.id, name: open.record.name };
  await inTransaction(async (tx) => {
    if (found.found === 'ours') {
      const words = `The account ${found.account.remoteId} turned up after the order had been cancelled.`;
      await tx.service.updateMany({
        where: { id: operation.serviceId, status: 'CANCELLED' },
        data: { status: 'PENDING' },
      });
      await handleProvisioningError(tx, operationId, 'UNKNOWN', {
        code: 'cannot-tell',
        server,
        kind: 'timeout',
        words,
      });
      return;
    }
    const settle = settleSeconds(policiesOf(open.module), open.record.timeouts);
    const later = operation.crashCount === NOT_YET_LOOKED ? settle : LATER_LOOKS[operation.crashCount];
    if (later !== undefined && found.found !== 'cannot')
      return planLook(tx, operationId, later, operation.crashCount + 1);
    await tx.operation.update({ where: { id: operationId }, data: { nextTryAt: null } });
    await releasePlacement(tx, placement.id, 'does not exist');
  });
}
