import { requestChangeIn } from '@/features/operations/request-change';
import { systemContext } from '@/lib/context';
import type { Tx } from '@/lib/db';

const AT_ONCE = 50;

/** Planned removals whose date has come begin. Called by the sweep. */
export async function startDueTerminations(tx: Tx): Promise<void> {
  const due = await tx.$queryRaw<{ id: string }[]>`SELECT v."id" FROM "Service" v
    WHERE v."terminateAt" <= now() AND v."status" IN ('ACTIVE', 'SUSPENDED')
      AND NOT EXISTS (SELECT 1 FROM "Operation" o WHERE o."serviceId" = v."id" AND o."state" IN ('QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN'))
      -- One that failed is for a person: its date stays and is shown, it does not begin again by itself.
      AND NOT EXISTS (SELECT 1 FROM "Operation" o WHERE o."serviceId" = v."id" AND o."kind" = 'TERMINATE' AND o."createdAt" > v."terminateAt")
    ORDER BY v."terminateAt" LIMIT ${AT_ONCE}`;
  for (const { id } of due) {
    const wish = { reason: 'The date of its planned removal has come.' };
    await requestChangeIn(tx, systemContext('planned removal'), { serviceId: id, kind: 'TERMINATE', wish });
  }
}
