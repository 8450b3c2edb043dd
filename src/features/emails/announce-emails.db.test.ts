import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { createEmail } from '../../../prisma/factories/email';

interface SentEvent {
  id: string;
  name: string;
  data: { emailId: string };
}

/** Stands in for the executor's event intake. */
let intake: Server;
let received: SentEvent[] = [];
let answer = 200;
let announceEmails: typeof import('./announce-emails').announceEmails;

beforeAll(async () => {
  intake = createServer(async (request, response) => {
    const body = await text(request);
    if (answer === 200 && request.method === 'POST') received.push(...(JSON.parse(body) as SentEvent[]));
    response.writeHead(answer, { 'content-type': 'application/json' });
    response.end(
      JSON.stringify({ ids: received.map(({ id }) => id), status: answer, error: answer === 200 ? undefined : 'no' }),
    );
  });
  await new Promise<void>((resolve) => intake.listen(0, '127.0.0.1', resolve));
  // Read when the client is made and when the mailer is first asked for, so before these are imported.
  process.env.INNGEST_DEV = `http://127.0.0.1:${(intake.address() as AddressInfo).port}`;
  process.env.INNGEST_EVENT_KEY = 'test';
  process.env.SMTP_URL = 'smtp://127.0.0.1:9';
  ({ announceEmails } = await import('./announce-emails'));
});
afterAll(() => {
  intake.closeAllConnections();
  intake.close();
});
beforeEach(async () => {
  await db.emailMessage.deleteMany();
  received = [];
  answer = 200;
});

describe('announceEmails', () => {
  it('announces what is due, once', async () => {
    const { id } = await createEmail({ attempts: 2 });
    expect(await announceEmails(50)).toBe(1);
    expect(await announceEmails(50)).toBe(0);
    expect(received).toMatchObject([{ id: `${id}:2:0`, name: 'email/send.requested', data: { emailId: id } }]);
  });

  it('leaves alone what is not due, claimed, sent or failed', async () => {
    await createEmail({ nextTryAt: new Date(Date.now() + 60_000) });
    await createEmail({ claimedUntil: new Date(Date.now() + 60_000) });
    await createEmail({ state: 'SENT' });
    await createEmail({ state: 'FAILED' });
    expect(await announceEmails(50)).toBe(0);
    expect(received).toEqual([]);
  });

  it('takes up a mail whose sender died', async () => {
    const { id } = await createEmail({ claimedUntil: new Date(Date.now() - 1_000) });
    expect(await announceEmails(50)).toBe(1);
    expect(received[0]?.data.emailId).toBe(id);
  });

  it('takes at most as many as asked, the longest waiting first', async () => {
    const old = await createEmail({ nextTryAt: new Date(1_000) });
    await createEmail({ nextTryAt: new Date(2_000) });
    expect(await announceEmails(1)).toBe(1);
    expect(received.map((event) => event.data.emailId)).toEqual([old.id]);
  });

  it('gives a later announcement of the same mail an id of its own', async () => {
    const { id } = await createEmail();
    await announceEmails(50);
    await db.emailMessage.update({ where: { id }, data: { nextTryAt: new Date(1) } });
    await announceEmails(50);
    expect(received.map((event) => event.id)).toEqual([`${id}:0:0`, `${id}:0:1`]);
  });

  it('soon tries again when the executor takes nothing', async () => {
    const { id } = await createEmail();
    answer = 400;
    await expect(announceEmails(50)).rejects.toThrow();
    const [row] = await db.$queryRaw<{ ahead: number }[]>`
      SELECT extract(epoch FROM "nextTryAt" - now())::float8 AS ahead FROM "EmailMessage" WHERE "id" = ${id}`;
    expect(row?.ahead).toBeLessThanOrEqual(10);
  });
});
