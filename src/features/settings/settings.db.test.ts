import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { createMailer } from '@/lib/mailer';
import { clearAudit } from '@/lib/testing/clear-audit';
import { type SmtpCatcher, startSmtpCatcher } from '@/lib/testing/smtp-catcher';
import { callOverHttp, cookieOf } from '@/trpc/testing/call';
import { makeUser } from '../../../prisma/factories/user';
import { readSettings } from './read-settings';
import { DEFAULT_SETTINGS } from './schema';
import { sendTestMail } from './send-test-mail';
import { updateSettings } from './update-settings';

const ctx = systemContext('settings test');
const audits = () => db.auditEntry.findMany({ where: { action: { startsWith: 'settings.' } }, orderBy: { at: 'asc' } });

beforeEach(async () => {
  await db.setting.deleteMany();
  await clearAudit();
});

describe('settings', () => {
  it('have defaults until they are set, and keep what is not given', async () => {
    expect(await readSettings()).toEqual(DEFAULT_SETTINGS);
    await updateSettings(ctx, { companyName: 'Games Ltd', staffEmail: ['night@games.example'] });
    await updateSettings(ctx, { supportEmail: 'help@games.example' });
    expect(await readSettings()).toEqual({
      ...DEFAULT_SETTINGS,
      companyName: 'Games Ltd',
      staffEmail: ['night@games.example'],
      supportEmail: 'help@games.example',
    });
    await updateSettings(ctx, { supportEmail: null });
    expect((await readSettings()).supportEmail).toBeNull();
  });

  it('leave a trace of what changed, and none when nothing did', async () => {
    await updateSettings(ctx, { companyName: 'Games Ltd', defaultLanguage: 'en' });
    await updateSettings(ctx, { companyName: 'Games Ltd' });
    expect(await audits()).toMatchObject([
      { action: 'settings.update', before: { companyName: '' }, after: { companyName: 'Games Ltd' } },
    ]);
    expect((await audits())[0]?.after).toEqual({ companyName: 'Games Ltd' });
  });

  it('saved by two at the same time are both kept, each with its own before', async () => {
    await Promise.all([updateSettings(ctx, { companyName: 'A' }), updateSettings(ctx, { companyName: 'B' })]);
    const names = (await audits()).map(({ before, after }) => [before, after]);
    expect(names[1]?.[0]).toEqual(names[0]?.[1]);
  });

  it('of another version that no longer fit count as not set', async () => {
    await db.setting.create({ data: { key: 'staffEmail', value: 'not a list' } });
    await db.setting.create({ data: { key: 'constructor', value: 1 } });
    expect(await readSettings()).toEqual(DEFAULT_SETTINGS);
  });
});

describe('over the API', () => {
  const call = async (path: string, input: unknown, role: 'ADMIN' | 'SUPPORT' = 'ADMIN') => {
    const cookie = await cookieOf((await makeUser({ role })).id);
    const type = path === 'settings.get' ? 'query' : 'mutation';
    const { status, text } = await callOverHttp(cookie, { path, type }, input);
    return { status, body: JSON.parse(text) };
  };

  it.each([
    ['staffEmail', ['a@example.com', 'nobody'], ['staffEmail', 1]],
    ['companyName', 'Games\r\nBcc: all@example.com', ['companyName']],
    ['mailFromName', 'x'.repeat(81), ['mailFromName']],
    ['supportUrl', 'javascript:alert(1)', ['supportUrl']],
    ['defaultLanguage', 'de', ['defaultLanguage']],
  ])('a wrong %s is refused on its field and changes nothing', async (key, value, path) => {
    const { status, body } = await call('settings.update', { companyName: 'New', [key]: value });
    expect(status).toBe(400);
    expect(body.error.data.issues).toMatchObject([{ path }]);
    expect(await db.setting.count()).toBe(0);
  });

  it('an administrator changes them and reads them back with the facts of this installation', async () => {
    await call('settings.update', { companyName: '  Games Ltd ', staffEmail: ['a@b.example', 'a@b.example'] });
    const { body } = await call('settings.get', undefined);
    expect(body.result.data).toMatchObject({
      values: { companyName: 'Games Ltd', staffEmail: ['a@b.example'] },
      mailServer: { configured: false, host: null },
      about: { mode: 'test', executor: { mode: 'inngest' }, database: { version: expect.stringMatching(/^\d+/) } },
    });
    expect((await call('settings.get', undefined, 'SUPPORT')).status).toBe(403);
  });

  it('a test mail without a mail server is answered, not failed', async () => {
    const { status, body } = await call('settings.sendTestMail', { to: 'a@b.example' });
    expect([status, body.result.data.outcome]).toEqual([200, 'no-server']);
  });
});

describe('a test mail', () => {
  let smtp: SmtpCatcher;
  beforeAll(async () => {
    smtp = await startSmtpCatcher();
  });
  afterAll(() => smtp.stop());
  beforeEach(() => {
    smtp.mails.length = 0;
    smtp.fault = null;
  });
  const someone = (name: string) => systemContext(name);
  const send = (name: string) =>
    sendTestMail(someone(name), { to: 'ada@fenwick.example' }, createMailer({ url: smtp.url, from: 'a@b.example' }));

  it('arrives, from the name in the settings, and stands in the audit log', async () => {
    await updateSettings(ctx, { companyName: 'Games Ltd', mailFromName: 'Games Ltd Support' });
    expect(await send('one')).toMatchObject({ outcome: 'sent', words: null, to: 'ada@fenwick.example' });
    expect(smtp.mails).toMatchObject([
      {
        subject: 'Test mail from Games Ltd',
        from: { name: 'Games Ltd Support', address: 'no-reply@localhost' },
        to: [{ address: 'ada@fenwick.example' }],
      },
    ]);
    expect((await audits()).at(-1)?.after).toEqual({ to: 'ada@fenwick.example', outcome: 'sent' });
  });

  it('that is refused says so in the words of the server', async () => {
    smtp.fault = { at: 'RCPT', code: 550, words: 'relaying denied' };
    const result = await send('two');
    expect(result.outcome).toBe('refused');
    expect(result.words).toContain('relaying denied');
  });

  it('is limited per person', async () => {
    for (let round = 0; round < 5; round++) await send('three');
    await expect(send('three')).rejects.toThrow('Too many test mails');
    expect((await send('four')).outcome).toBe('sent');
    expect(smtp.mails).toHaveLength(6);
  });
});
