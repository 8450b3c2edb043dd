import { openPlacement, releasePlacement } from '@/features/placement/release-placement';
import { insideServer } from '@/features/servers/inside-server';
import { openServer, policiesOf } from '@/features/servers/server-access';
import { lookUpAccount } from '@/features/services/look-up-account';
import { loadModuleService } from '@/features/services/module-service';
import { db } from '@/lib/db';
import { logger } from '@/lib/logger';
import { inTransaction } from '@/lib/transaction';
import { handleProvisioningError } from './handle-provisioning-error';
import { planNextLook } from './plan-looks';

const AT_ONCE = 10;

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
  const found = await insideServer(placement.serverId, () =>
    lookUpAccount({ operation, open, service, policies: policiesOf(open.module) }, sentAt),
  );
  if (found === null || found.found === 'failed') return;
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
    if (found.found !== 'cannot' && (await planNextLook(tx, operation, open))) return;
    await tx.operation.update({ where: { id: operationId }, data: { nextTryAt: null } });
    await releasePlacement(tx, placement.id, 'does not exist');
  });
}
