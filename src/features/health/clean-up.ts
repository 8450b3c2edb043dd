import { db } from '@/lib/db';

/**
 * Removes what is kept only for a time: sessions and codes that ended a week ago, idempotency keys after 30 days, what was
 * said in panel calls after 90 days, checks after 30. Safe to repeat; returns how many rows it touched.
 */
export async function cleanUp(): Promise<number> {
  const touched = await db.$transaction([
    db.$executeRaw`DELETE FROM "Session" WHERE "expiresAt" < now() - interval '7 days' OR "revokedAt" < now() - interval '7 days'`,
    db.$executeRaw`DELETE FROM "OneTimeCode" WHERE "expiresAt" < now() - interval '7 days'`,
    db.$executeRaw`DELETE FROM "IdempotencyKey" WHERE "createdAt" < now() - interval '30 days'`,
    db.$executeRaw`DELETE FROM "RateLimit" WHERE "expire" < now() - interval '1 hour'`,
    db.$executeRaw`DELETE FROM "ServerFull" WHERE "until" < now() - interval '1 day'`,
    db.$executeRaw`DELETE FROM "ServerCheck" WHERE "at" < now() - interval '30 days'`,
    db.$executeRaw`UPDATE "OperationAttempt" SET "request" = NULL, "answer" = NULL
      WHERE "sentAt" < now() - interval '90 days' AND ("request" IS NOT NULL OR "answer" IS NOT NULL)`,
  ]);
  return touched.reduce((sum, rows) => sum + rows, 0);
}
