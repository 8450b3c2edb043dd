import { afterAll, expect, it, vi } from 'vitest';
import { announceEmails } from '@/features/emails/announce-emails';
import { deliverEmail } from '@/features/emails/deliver-email';
import { playToEnd } from '@/features/operations/testing/play-to-end';
import { db } from '@/lib/db';
import { PANELS } from './panels';
import { simulators, startCells } from './testing/fault-cells';

const outside = await vi.hoisted(async () => {
  const { startEventCatcher } = await import('@/features/operations/testing/event-catcher');
  const { startSmtpCatcher } = await import('@/lib/testing/smtp-catcher');
  const { startLink } = await import('./testing/link');
  const smtp = await startSmtpCatcher();
  const link = await startLink({ port: smtp.port, host: '127.0.0.1' });
  process.env.SMTP_URL = `smtp://127.0.0.1:${link.port}`;
  return { catcher: await startEventCatcher(), link, smtp };
});
const [kind] = PANELS;
if (!kind) throw new Error('no panel');
/** How a mail server may stand while orders come in. */
const TROUBLES = ['is not there', 'refuses', 'hangs', 'cuts the connection'] as const;
type Trouble = (typeof TROUBLES)[number];
await simulators.prepare([kind], TROUBLES.length);
const cells = startCells(kind, TROUBLES);
afterAll(() => Promise.all([outside.catcher.stop(), outside.link.stop(), outside.smtp.stop(), simulators.stop()]));

/** The longest silence of a mail server that a step bears. */
const SILENCE_SECONDS = 10;
const ORDERS = 3;

const LINK = { 'is not there': 'closed', refuses: 'open', hangs: 'silent', 'cuts the connection': 'cut' } as const;

async function setTrouble(trouble: Trouble | null): Promise<void> {
  outside.smtp.fault = trouble === 'refuses' ? { at: 'MAIL', code: 421, words: 'come back later' } : null;
  await outside.link.setMode(trouble === null ? 'open' : LINK[trouble]);
}

const numberOfMails = (domain: string | null) =>
  outside.smtp.mails.filter(({ text }) => text?.includes(`${domain}`)).length;

/** One order: how long until the customer has it, whether its mail is still being sent by then, and how long all took. */
async function playOrder(trouble: Trouble) {
  const cell = cells.get(trouble);
  if (!cell) throw new Error('no cell');
  const { serviceId, operationId } = await cell.order();
  const began = performance.now();
  let sending = true;
  const played = playToEnd(operationId).finally(() => {
    sending = false;
  });
  await expect.poll(() => db.service.count({ where: { id: serviceId, status: 'ACTIVE' } }), { timeout: 8000 }).toBe(1);
  const activeAfter = performance.now() - began;
  const activeWhileSending = sending;
  expect(await played, trouble).toBe('SUCCEEDED');
  return { serviceId, operationId, activeAfter, activeWhileSending, playedAfter: performance.now() - began };
}

it('orders are done at once whatever the mail server does, and each mail goes out once when it is back', async () => {
  const rows = [];
  for (const trouble of TROUBLES) {
    await setTrouble(trouble);
    const orders = await Promise.all(Array.from({ length: ORDERS }, () => playOrder(trouble)));
    for (const { operationId, activeAfter, activeWhileSending, playedAfter } of orders) {
      expect(activeAfter, `${trouble}: ACTIVE`).toBeLessThan(5000);
      // Only silence lasts long enough to be looked into.
      if (trouble === 'hangs') expect(activeWhileSending, 'ACTIVE before the mail server said anything').toBe(true);
      expect(playedAfter, `${trouble}: the step that sends`).toBeLessThan((SILENCE_SECONDS + 5) * 1000);
      const mails = await db.emailMessage.findMany({ where: { operationId } });
      expect(mails, trouble).toMatchObject([{ state: 'QUEUED', template: 'welcome', attempts: 1, claimedUntil: null }]);
      expect(mails[0]?.lastError, trouble).toContain('did not take the mail');
    }
    const slowest = Math.max(...orders.map(({ activeAfter }) => activeAfter));
    rows.push({ trouble, orders, seconds: (slowest / 1000).toFixed(1) });
  }
  expect(outside.smtp.mails).toEqual([]);

  await setTrouble(null);
  await db.$executeRaw`UPDATE "EmailMessage" SET "nextTryAt" = now() - interval '1 second' WHERE "state" = 'QUEUED'`;
  outside.catcher.events.length = 0;
  const count = TROUBLES.length * ORDERS;
  // Two sweeps at the same moment announce each once, and an executor that delivers its events twice sends each once.
  const announced = await Promise.all([announceEmails(100), announceEmails(100)]);
  expect(announced.reduce((sum, one) => sum + one)).toBe(count);
  const due = outside.catcher.events.map(({ data }) => String(data.emailId));
  await Promise.all([...due, ...due].map((id) => deliverEmail(id)));

  for (const { trouble, orders, seconds } of rows) {
    const services = await db.service.findMany({ where: { id: { in: orders.map(({ serviceId }) => serviceId) } } });
    const ends = services.map(({ status, domain }) => `${status} mails ${numberOfMails(domain)}`);
    expect(ends, trouble).toEqual(Array.from({ length: ORDERS }, () => 'ACTIVE mails 1'));
    expect(
      await db.operationAttempt.count({ where: { operation: { serviceId: { in: services.map(({ id }) => id) } } } }),
    ).toBe(ORDERS);
    process.stdout.write(
      `mail server ${trouble}: ${ORDERS} of ${ORDERS} ACTIVE within ${seconds} s, ${ORDERS} mails once it is back\n`,
    );
  }
  expect(outside.smtp.mails).toHaveLength(count);
  expect(new Set(outside.smtp.mails.map(({ messageId }) => messageId)).size).toBe(count);
  expect(await db.emailMessage.count({ where: { state: { not: 'SENT' } } })).toBe(0);
}, 60_000);
