import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { createMailer, type Mailer } from '@/lib/mailer';
import { type SmtpCatcher, startSmtpCatcher } from '@/lib/testing/smtp-catcher';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeEmailMessage } from '../../../prisma/factories/email-message';
import { listTemplates, previewTemplate } from './preview-template';
import { sendEmailNow } from './send-email-now';

const ctx = systemContext('send now test');
let smtp: SmtpCatcher;
let mailer: Mailer;
beforeAll(async () => {
  smtp = await startSmtpCatcher();
  mailer = createMailer({ url: smtp.url, from: 'a@b.example', silenceMs: 400 });
});
afterAll(() => smtp.stop());
beforeEach(() => {
  smtp.mails.length = 0;
  smtp.fault = null;
});
const row = (id: string) => db.emailMessage.findUniqueOrThrow({ where: { id } });
const send = (id: string, by: Mailer | null = mailer) => sendEmailNow(ctx, { id }, by);

describe('a mail sent now', () => {
  it('that had failed goes to the address the customer has by now, with the same Message-ID', async () => {
    const customer = await makeCustomer({ email: 'new@fenwick.example' });
    const over = { state: 'FAILED', attempts: 30, lastError: 'no such user', nextTryAt: null } as const;
    const { id, messageId } = await makeEmailMessage({ ...over, customerId: customer.id });
    expect(await send(id)).toEqual({ delivery: 'sent', words: null });
    expect(smtp.mails).toMatchObject([{ messageId, to: [{ address: 'new@fenwick.example' }] }]);
    expect(await row(id)).toMatchObject({ state: 'SENT', attempts: 1, to: 'new@fenwick.example' });
    expect(await db.auditEntry.findMany({ where: { targetId: id } })).toMatchObject([
      { action: 'email.send-now', before: { state: 'FAILED', to: 'ada@fenwick.example' } },
    ]);
  });

  it('that is refused again says why, and one that waits is tried anew', async () => {
    const { id } = await makeEmailMessage({ state: 'FAILED', attempts: 60 });
    smtp.fault = { at: 'RCPT', code: 450, words: 'mailbox busy' };
    expect(await send(id)).toMatchObject({ delivery: 'waits', words: expect.stringContaining('mailbox busy') });
    expect(await row(id)).toMatchObject({ state: 'QUEUED', attempts: 1 });
    smtp.fault = { at: 'RCPT', code: 550, words: 'no such user' };
    expect(await send(id)).toMatchObject({ delivery: 'failed', words: expect.stringContaining('no such user') });
  });

  it('is sent once when two press at the same time', async () => {
    const { id } = await makeEmailMessage();
    await Promise.allSettled([send(id), send(id), send(id)]);
    expect(smtp.mails).toHaveLength(1);
  });

  it('is refused when it was sent, is being sent, does not exist, or no mail server is configured', async () => {
    const sent = await makeEmailMessage({ state: 'SENT' });
    await expect(send(sent.id)).rejects.toThrow('sent already');
    const taken = await makeEmailMessage();
    await db.$executeRaw`UPDATE "EmailMessage" SET "claimedUntil" = now() + interval '30 s' WHERE "id" = ${taken.id}`;
    await expect(send(taken.id)).rejects.toThrow('at this moment');
    await expect(send('01890a5d-ac96-774b-bcce-b302099a8057')).rejects.toThrow('no such mail');
    const failed = await makeEmailMessage({ state: 'FAILED' });
    await expect(send(failed.id, null)).rejects.toThrow('No mail server');
    expect((await row(failed.id)).state).toBe('FAILED');
    expect(smtp.mails).toEqual([]);
  });
});

describe('templates', () => {
  it('are listed with what they are filled with', () => {
    const welcome = listTemplates().find(({ name }) => name === 'welcome');
    expect(welcome?.variables).toContainEqual({ name: 'domain', example: 'play.fenwick.example' });
    const staff = listTemplates().find(({ toStaff }) => toStaff);
    expect(staff?.variables.map(({ name }) => name)).toContain('reason.server.name');
  });

  it('are shown filled, in each language', async () => {
    const english = await previewTemplate({ template: 'suspended', language: 'en' });
    const turkish = await previewTemplate({ template: 'suspended', language: 'tr' });
    expect(english.subject).toBe('play.fenwick.example is suspended');
    expect(turkish.subject).toBe('play.fenwick.example askıya alındı');
    expect(turkish.html).toContain('Ada Fenwick');
  });
});
