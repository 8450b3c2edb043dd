import { db } from '@/lib/db';
import { configuredMailer } from '@/lib/mailer';
import { inngest } from '~inngest/client';
import { emailRequested } from '~inngest/events';

// Announced and still not tried after this long: the executor lost it, so it is announced again.
const AGAIN_AFTER_SECONDS = 300;
const EXECUTOR_AWAY_SECONDS = 10;

interface DueEmail {
  id: string;
  attempts: number;
  due: Date;
}

/**
 * Hands kept mails whose time has come to the executor, at most `limit`; returns how many. Called by the sweep.
 * Without a mail server nothing is announced: the mails stay kept, and go out when one is configured.
 */
export async function announceEmails(limit: number): Promise<number> {
  if (!configuredMailer()) return 0;
  const due = await takeDue(limit);
  if (due.length === 0) return 0;
  try {
    // The due time makes each announcement one event: repeated it is dropped, but a later one is not.
    await inngest.send(
      due.map(({ id, attempts, due: at }) => ({
        ...emailRequested.create({ emailId: id }),
        id: `${id}:${attempts}:${at.getTime()}`,
      })),
    );
  } catch (error) {
    await db.$executeRaw`UPDATE "EmailMessage" SET "nextTryAt" = now() + make_interval(secs => ${EXECUTOR_AWAY_SECONDS})
      WHERE "id" = ANY(${due.map(({ id }) => id)}) AND "state" = 'QUEUED' AND ("claimedUntil" IS NULL OR "claimedUntil" <= now())`;
    throw error;
  }
  return due.length;
}

function takeDue(limit: number): Promise<DueEmail[]> {
  return db.$queryRaw<DueEmail[]>`UPDATE "EmailMessage" e
    SET "nextTryAt" = now() + make_interval(secs => ${AGAIN_AFTER_SECONDS})
    FROM (SELECT "id", "nextTryAt" FROM "EmailMessage"
      WHERE "state" = 'QUEUED' AND "nextTryAt" <= now() AND ("claimedUntil" IS NULL OR "claimedUntil" <= now())
      ORDER BY "nextTryAt" LIMIT ${limit} FOR UPDATE SKIP LOCKED) d
    WHERE e."id" = d."id" RETURNING e."id", e."attempts", d."nextTryAt" AS "due"`;
}
