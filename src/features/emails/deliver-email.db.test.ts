import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { passwordPlace } from '@/features/services/module-service';
import { seal } from '@/lib/crypto';
import { db } from '@/lib/db';
import { createMailer, type Mailer } from '@/lib/mailer';
import { type SmtpCatcher, startSmtpCatcher } from '@/lib/testing/smtp-catcher';
import { makeEmailMessage } from '../../../prisma/factories/email-message';
import { announceEmails } from './announce-emails';
import { deliverEmail } from './deliver-email';
import { createOrder } from './testing/create-order';

let smtp: SmtpCatcher;
let mailer: Mailer;

beforeAll(async () => {
  smtp = await startSmtpCatcher();
  mailer = createMailer({ url: smtp.url, from: 'Games Ltd <no-reply@panel.example>', silenceMs: 400 });
});
afterAll(() => smtp.stop());
beforeEach(() => {
  smtp.mails.length = 0;
  smtp.fault = null;
});

const row = (id: string) => db.emailMessage.findUniqueOrThrow({ where: { id } });
const events = (operationId: string) => db.operationEvent.findMany({ where: { operationId }, orderBy: { at: 'asc' } });

/** How far away a time is for the database, in seconds; rounded, as a test needs a moment itself. */
async function secondsUntilDue(id: string): Promise<number> {
  const [found] = await db.$queryRaw<{ seconds: number }[]>`
    SELECT round(extract(epoch FROM "nextTryAt" - now()))::int AS seconds FROM "EmailMessage" WHERE "id" = ${id}`;
  return found?.seconds ?? Number.NaN;
}

describe('a mail that is taken', () => {
  it('is sent once and stands in the timeline', async () => {
    const { operation, service } = await createOrder();
    const { id } = await makeEmailMessage({ operationId: operation.id, serviceId: service.id });
    expect(await deliverEmail(id, mailer)).toBe('sent');
    expect(await deliverEmail(id, mailer)).toBe('sent');
    expect(smtp.mails).toHaveLength(1);
    expect(smtp.mails[0]).toMatchObject({
      messageId: `<${id}@panel.example>`,
      subject: 'play.fenwick.example is ready',
    });
    expect(await row(id)).toMatchObject({
      state: 'SENT',
      attempts: 1,
      lastError: null,
      nextTryAt: null,
      claimedUntil: null,
    });
    expect((await row(id)).sentAt).toBeInstanceOf(Date);
    expect(await events(operation.id)).toMatchObject([
      { type: 'mail-sent', data: { template: 'welcome', to: 'ada@fenwick.example' } },
    ]);
  });

  it('goes out once when two processes try at the same time', async () => {
    const { id } = await makeEmailMessage();
    const ends = await Promise.all(Array.from({ length: 6 }, () => deliverEmail(id, mailer)));
    expect(ends.filter((end) => end === 'sent').length).toBeGreaterThanOrEqual(1);
    expect(ends.filter((end) => end !== 'sent' && end !== 'taken')).toEqual([]);
    expect(smtp.mails).toHaveLength(1);
  });

  it('carries no password, even where one is known', async () => {
    const { service } = await createOrder();
    const password = await seal('canary-4Tq9', passwordPlace(service.id));
    await db.service.update({ where: { id: service.id }, data: { password } });
    const { id } = await makeEmailMessage({ serviceId: service.id });
    await deliverEmail(id, mailer);
    expect(`${smtp.mails[0]?.text}${smtp.mails[0]?.html}`).not.toContain('canary-4Tq9');
  });

  it('carries the password where the product says so, and keeps it nowhere', async () => {
    const { service } = await createOrder({ sendPassword: true });
    const password = await seal('canary-4Tq9', passwordPlace(service.id));
    await db.service.update({ where: { id: service.id }, data: { password } });
    const { id } = await makeEmailMessage({ serviceId: service.id });
    expect(await deliverEmail(id, mailer)).toBe('sent');
    expect(smtp.mails[0]?.text).toContain('Password: canary-4Tq9');
    expect(smtp.mails[0]?.html).toContain('canary-4Tq9');
    expect(JSON.stringify(await row(id))).not.toContain('canary');
  });
});

describe('a mail that is not taken', () => {
  it.each([{ at: 'RCPT', code: 450 }, { at: 'after-data' }, { at: 'silence' }] as const)(
    'waits and keeps its Message-ID ($at)',
    async (fault) => {
      const { operation } = await createOrder();
      const { id } = await makeEmailMessage({ operationId: operation.id });
      smtp.fault = fault;
      expect(await deliverEmail(id, mailer)).toBe('waits');
      expect(await row(id)).toMatchObject({ state: 'QUEUED', attempts: 1, claimedUntil: null, sentAt: null });
      expect(await secondsUntilDue(id)).toBeGreaterThanOrEqual(28);
      expect(await deliverEmail(id, mailer)).toBe('waits');
      expect(await secondsUntilDue(id)).toBeGreaterThanOrEqual(118);
      smtp.fault = null;
      expect(await deliverEmail(id, mailer)).toBe('sent');
      expect(await row(id)).toMatchObject({ state: 'SENT', attempts: 3, lastError: null });
      expect(new Set(smtp.mails.map((mail) => mail.messageId))).toEqual(new Set([`<${id}@panel.example>`]));
      expect((await events(operation.id)).map((event) => event.type)).toEqual(['mail-waits', 'mail-sent']);
    },
  );

  it('waits while nothing listens', async () => {
    const { id } = await makeEmailMessage();
    const gone = await startSmtpCatcher();
    await gone.stop();
    expect(await deliverEmail(id, createMailer({ url: gone.url, from: 'a@panel.example' }))).toBe('waits');
    expect((await row(id)).lastError).toContain('ECONNREFUSED');
  });

  it('fails at once when the address is refused for good', async () => {
    const { operation } = await createOrder();
    const { id } = await makeEmailMessage({ operationId: operation.id });
    smtp.fault = { at: 'RCPT', code: 550, words: 'no such user here' };
    expect(await deliverEmail(id, mailer)).toBe('failed');
    expect(await row(id)).toMatchObject({ state: 'FAILED', nextTryAt: null, claimedUntil: null });
    expect((await row(id)).lastError).toContain('no such user here');
    smtp.fault = null;
    expect(await deliverEmail(id, mailer)).toBe('failed');
    expect(smtp.mails).toEqual([]);
    expect((await events(operation.id)).map((event) => event.type)).toEqual(['mail-failed']);
  });

  it('fails when three days of tries are over', async () => {
    const { id } = await makeEmailMessage({ attempts: 60 });
    smtp.fault = { at: 'RCPT', code: 450 };
    expect(await deliverEmail(id, mailer)).toBe('failed');
    expect((await row(id)).state).toBe('FAILED');
  });

  it('waits when it cannot be written, and says why', async () => {
    const { id } = await makeEmailMessage({ template: 'no-longer-known' });
    expect(await deliverEmail(id, mailer)).toBe('waits');
    expect((await row(id)).lastError).toContain('"no-longer-known"');
  });
});

describe('a mail without a mail server', () => {
  it('stays kept, untried and without an error, and goes out once there is one', async () => {
    const { id } = await makeEmailMessage();
    expect(await deliverEmail(id, null)).toBe('no-server');
    expect(await deliverEmail(id)).toBe('no-server');
    expect(await announceEmails(50)).toBe(0);
    expect(await row(id)).toMatchObject({ state: 'QUEUED', attempts: 0, lastError: null, claimedUntil: null });
    expect(await deliverEmail(id, mailer)).toBe('sent');
  });
});

describe('a mail that another process holds', () => {
  it('is left alone until the claim is over', async () => {
    const { id } = await makeEmailMessage();
    await db.$executeRaw`UPDATE "EmailMessage" SET "claimedUntil" = now() + interval '5 s' WHERE "id" = ${id}`;
    expect(await deliverEmail(id, mailer)).toBe('taken');
    expect(smtp.mails).toEqual([]);
    await db.$executeRaw`UPDATE "EmailMessage" SET "claimedUntil" = now() - interval '1 s' WHERE "id" = ${id}`;
    expect(await deliverEmail(id, mailer)).toBe('sent');
  });

  it.each(['retry', 'refused'] as const)(
    'stays sent when a late "%s" of the first holder comes in',
    async (outcome) => {
      const { id } = await makeEmailMessage();
      const overtaken: Mailer = {
        sendMail: async () => {
          await db.$executeRaw`UPDATE "EmailMessage" SET "claimedUntil" = NULL WHERE "id" = ${id}`;
          expect(await deliverEmail(id, mailer)).toBe('sent');
          return { outcome, words: 'the answer was lost' };
        },
      };
      expect(await deliverEmail(id, overtaken)).toBe('taken');
      expect(await row(id)).toMatchObject({ state: 'SENT', lastError: null });
    },
  );
});
