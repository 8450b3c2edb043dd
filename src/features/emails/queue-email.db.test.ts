import { describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { type NewEmail, queueEmail } from './queue-email';
import { createOrder } from './testing/create-order';
import { welcomeDataOf } from './welcome-data';

const source = {
  domain: 'play.fenwick.example',
  username: 'fenwick7k2',
  dedicatedIp: null,
  nameservers: [],
  additionalData: { port: '25565', ftpPort: 2121, note: 'x' },
  customer: { name: 'Ada Fenwick' },
  product: { name: 'Minecraft Starter' },
  server: { hostname: 'eu1.games.example', ipAddress: '203.0.113.5' },
};

async function order(over: Partial<NewEmail> = {}): Promise<NewEmail> {
  const { operation, service, customer } = await createOrder();
  const data = welcomeDataOf(source);
  const to = 'ada@fenwick.example';
  const ids = { operationId: operation.id, serviceId: service.id, customerId: customer.id };
  return { ...ids, template: 'welcome', language: 'tr-TR', to, data, ...over };
}

const queue = (mail: NewEmail) => inTransaction((tx) => queueEmail(tx, mail));

describe('queueEmail', () => {
  it('keeps the mail with its words, its Message-ID and a head start for the step that sends', async () => {
    const mail = await order();
    const { id } = await queue(mail);
    const row = await db.emailMessage.findUniqueOrThrow({ where: { id } });
    expect(row).toMatchObject({ ...mail, language: 'tr', state: 'QUEUED', attempts: 0, sentAt: null });
    expect(row.subject).toBe('play.fenwick.example kullanıma hazır');
    expect(row.messageId).toBe(`<${id}@localhost>`);
    expect(row.data).toMatchObject({ port: 25565, ftpPort: 2121, ip: '203.0.113.5', hostname: 'eu1.games.example' });
    const ahead = (row.nextTryAt?.getTime() ?? 0) - row.createdAt.getTime();
    expect(ahead).toBeGreaterThan(18_000);
    expect(ahead).toBeLessThan(22_000);
  });

  it('keeps one mail per operation and template, however often it is asked', async () => {
    const mail = await order();
    const first = await queue(mail);
    const again = await Promise.all([queue(mail), queue({ ...mail, to: 'other@example.com' })]);
    expect(again).toEqual([first, first]);
    expect(await db.emailMessage.count({ where: { operationId: mail.operationId } })).toBe(1);
    expect(await db.operationEvent.findMany({ where: { operationId: mail.operationId ?? '' } })).toMatchObject([
      { type: 'mail-queued', data: { template: 'welcome', to: 'ada@fenwick.example' } },
    ]);
  });

  it('keeps nothing when the transaction does not last', async () => {
    const mail = await order();
    await expect(
      inTransaction(async (tx) => {
        await queueEmail(tx, mail);
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await db.emailMessage.count({ where: { operationId: mail.operationId } })).toBe(0);
  });

  it('does not store what the mail does not say', async () => {
    const mail = await order();
    const withMore = { ...mail.data, password: 'canary-8Pz1' };
    const { id } = await queue({ ...mail, data: withMore });
    expect(JSON.stringify(await db.emailMessage.findUniqueOrThrow({ where: { id } }))).not.toContain('canary');
  });
});
