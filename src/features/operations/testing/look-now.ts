import { db } from '@/lib/db';
import { sweepOperations } from '../sweep-operations';

/** The planned looks for cancelled creates, as if each were due by now; nothing else is hurried. */
export async function lookNow(): Promise<void> {
  await db.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now() - interval '1 second' WHERE "state" = 'CANCELLED' AND "nextTryAt" IS NOT NULL`;
  await sweepOperations();
}
