import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { type EventIntake, startEventIntake } from '@/lib/testing/event-intake';
import { makeEmailMessage } from '../../../prisma/factories/email-message';

let intake: EventIntake;
let announceEmails: typeof import('./announce-emails').announceEmails;

beforeAll(async () => {
  intake = await startEventIntake();
  // Read when the mailer is first asked for.
  process.env.SMTP_URL = 'smtp://127.0.0.1:9';
  ({ announceEmails } = await import('./announce-emails'));
});
afterAll(() => intake.stop());
beforeEach(async () => {
  await db.emailMessage.deleteMany();
  intake.events = [];
  intake.status = 200;
});

describe('announceEmails', () => {
  it('announces what is due, once', async () => {
    const { id } = await makeEmailMessage({ attempts: 2 });
    expect(await announceEmails(50)).toBe(1);
    expect(await announceEmails(50)).toBe(0);
    expect(intake.events).toMatchObject([{ id: `${id}:2:0`, name: 'email/send.requested', data: { emailId: id } }]);
  });

  it('leaves alone what is not due, claimed, sent or failed', async () => {
    await makeEmailMessage({ nextTryAt: new Date(Date.now() + 60_000) });
    await makeEmailMessage({ claimedUntil: new Date(Date.now() + 60_000) });
    await makeEmailMessage({ state: 'SENT' });
    await makeEmailMessage({ state: 'FAILED' });
    expect(await announceEmails(50)).toBe(0);
    expect(intake.events).toEqual([]);
  });

  it('takes up a mail whose sender died', async () => {
    const { id } = await makeEmailMessage({ claimedUntil: new Date(Date.now() - 1_000) });
    expect(await announceEmails(50)).toBe(1);
    expect(intake.events[0]?.data.emailId).toBe(id);
  });

  it('takes at most as many as asked, the longest waiting first', async () => {
    const old = await makeEmailMessage({ nextTryAt: new Date(1_000) });
    await makeEmailMessage({ nextTryAt: new Date(2_000) });
    expect(await announceEmails(1)).toBe(1);
    expect(intake.events.map((event) => event.data.emailId)).toEqual([old.id]);
  });

  it('gives a later announcement of the same mail an id of its own', async () => {
    const { id } = await makeEmailMessage();
    await announceEmails(50);
    await db.emailMessage.update({ where: { id }, data: { nextTryAt: new Date(1) } });
    await announceEmails(50);
    expect(intake.events.map((event) => event.id)).toEqual([`${id}:0:0`, `${id}:0:1`]);
  });

  it('soon tries again when the executor takes nothing', async () => {
    const { id } = await makeEmailMessage();
    intake.status = 400;
    await expect(announceEmails(50)).rejects.toThrow();
    const [row] = await db.$queryRaw<{ ahead: number }[]>`
      SELECT extract(epoch FROM "nextTryAt" - now())::float8 AS ahead FROM "EmailMessage" WHERE "id" = ${id}`;
    expect(row?.ahead).toBeLessThanOrEqual(10);
  });
});
