import { lockUnfinished, requestChangeIn } from '@/features/operations/request-change';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { logger } from '@/lib/logger';
import { inTransaction } from '@/lib/transaction';

const AT_ONCE = 50;

/** Planned removals whose date has come begin. Called by the sweep. */
export async function startDueTerminations(): Promise<void> {
  const due = await db.$queryRaw<{ id: string }[]>`SELECT v."id" FROM "Service" v
    WHERE v."terminateAt" <= now() AND v."status" IN ('ACTIVE', 'SUSPENDED')
      AND NOT EXISTS (SELECT 1 FROM "Operation" o WHERE o."serviceId" = v."id" AND o."state" IN ('QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN'))
      -- One that failed is for a person: its date stays and is shown, it does not begin again by itself.
      AND NOT EXISTS (SELECT 1 FROM "Operation" o WHERE o."serviceId" = v."id" AND o."kind" = 'TERMINATE' AND o."createdAt" > v."terminateAt")
    ORDER BY v."terminateAt" LIMIT ${AT_ONCE}`;
  for (const { id } of due) {
    const wish = { reason: 'The date of its planned removal has come.' };
    await inTransaction(async (tx) => {
      await lockUnfinished(tx, id);
      // Taken back in this very moment: nothing is removed.
      const still = await tx.$queryRaw<
        unknown[]
      >`SELECT 1 FROM "Service" WHERE "id" = ${id} AND "terminateAt" <= now() FOR UPDATE`;
      if (still.length > 0)
        await requestChangeIn(tx, systemContext('planned removal'), { serviceId: id, kind: 'TERMINATE', wish });
    }).catch((error: unknown) => logger.warn({ err: error, serviceId: id }, 'a planned removal could not be begun'));
  }
}
