import { beforeEach, describe, expect, it } from 'vitest';
import { createOrder } from '@/features/emails/testing/create-order';
import { holdServer } from '@/features/servers/hold-server';
import { releaseServer } from '@/features/servers/release-server';
import { systemContext } from '@/lib/context';
import { db, type Tx } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { handleProvisioningError } from './handle-provisioning-error';
import { notifyStaff } from './notify-staff';
import type { OperationReason } from './reasons';

beforeEach(async () => {
  await db.emailMessage.deleteMany();
  await db.setting.deleteMany();
  await tellTo('night@games.example');
});

const tellTo = (...addresses: string[]) =>
  db.setting.upsert({
    where: { key: 'staffEmail' },
    create: { key: 'staffEmail', value: addresses },
    update: { value: addresses },
  });
const mails = () => db.emailMessage.findMany({ orderBy: { createdAt: 'asc' } });
const subjects = async () => (await mails()).map(({ subject }) => subject);
const age = (hours: number) =>
  db.$executeRaw`UPDATE "EmailMessage" SET "createdAt" = "createdAt" - make_interval(hours => ${hours})`;

const refused: OperationReason = {
  code: 'panel-refused',
  server: { id: 's', name: 'eu1' },
  kind: 'invalid-input',
  words: 'plan "gold" does not exist',
  field: null,
};
const end = (operationId: string, how: 'FAILED' | 'UNKNOWN' = 'FAILED') =>
  inTransaction((tx) => handleProvisioningError(tx, operationId, how, refused));

describe('an operation that ends badly', () => {
  it('is told once, with the reason in words and the page to look at', async () => {
    const { operation, service } = await createOrder();
    await db.service.update({ where: { id: service.id }, data: { domain: 'play.fenwick.example' } });
    await end(operation.id);
    await end(operation.id, 'UNKNOWN');
    expect(await mails()).toMatchObject([
      {
        template: 'staff-notice',
        to: 'night@games.example',
        subject: 'Failed: Create account, play.fenwick.example',
        serviceId: service.id,
        customerId: null,
        state: 'QUEUED',
        data: { kind: 'operation-failed', reason: { words: 'plan "gold" does not exist' } },
      },
    ]);
  });

  it('is told once an hour for all that end for the same cause, and for each other cause', async () => {
    const orders = [];
    for (let order = 0; order < 4; order++) orders.push((await createOrder()).operation.id);
    const [one = '', two = '', three = '', four = ''] = orders;
    await end(one);
    await end(two);
    expect(await mails()).toHaveLength(1);
    const elsewhere: OperationReason = { ...refused, server: { id: 'other', name: 'eu2' } };
    await inTransaction((tx) => handleProvisioningError(tx, three, 'FAILED', elsewhere));
    expect(await mails()).toHaveLength(2);
    await age(1);
    await end(four);
    expect(await mails()).toHaveLength(3);
  });

  it('is told to each address, in the language of the settings', async () => {
    await tellTo('night@games.example', 'lead@games.example');
    await db.setting.create({ data: { key: 'defaultLanguage', value: 'tr' } });
    await end((await createOrder()).operation.id, 'UNKNOWN');
    const told = await mails();
    expect(told.map(({ to }) => to).sort()).toEqual(['lead', 'night'].map((name) => `${name}@games.example`));
    for (const { subject, language } of told) expect([language, subject.slice(0, 10)]).toEqual(['tr', 'İnceleme g']);
  });

  it('is told to nobody when nobody is named, and ends all the same', async () => {
    await db.setting.deleteMany();
    const { operation } = await createOrder();
    await end(operation.id);
    expect(await mails()).toEqual([]);
    expect((await db.operation.findUniqueOrThrow({ where: { id: operation.id } })).state).toBe('FAILED');
  });

  it('is told of by nobody when the transaction does not last', async () => {
    const { operation } = await createOrder();
    const lost = inTransaction(async (tx) => {
      await handleProvisioningError(tx, operation.id, 'FAILED', refused);
      throw new Error('no');
    });
    await expect(lost).rejects.toThrow('no');
    expect(await mails()).toEqual([]);
  });

  it('is told once when two notice it at the same time', async () => {
    const { id: groupId, name: group } = await makeServerGroup();
    const tell = (tx: Tx) => notifyStaff(tx, { kind: 'no-room', groupId, group });
    let second = { done: false, end: Promise.resolve() };
    await inTransaction(async (tx) => {
      await tell(tx);
      const other = { done: false, end: Promise.resolve() };
      other.end = inTransaction(tell).finally(() => {
        other.done = true;
      });
      second = other;
      await expect.poll(async () => other.done || (await locksWaitedFor()) > 0, { timeout: 5000 }).toBe(true);
    });
    await second.end;
    expect(await mails()).toHaveLength(1);
  });
});

async function locksWaitedFor(): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM pg_locks WHERE "locktype" = 'advisory' AND NOT "granted"`;
  return row?.count ?? 0;
}

describe('a server that is held', () => {
  const hold = (id: string, kind = 'unreachable') => inTransaction((tx) => holdServer(tx, id, kind, 'no answer'));
  const release = (id: string) => inTransaction((tx) => releaseServer(tx, systemContext('test'), id, 'It answers.'));

  it('is told when it is held and when it works again', async () => {
    const { id } = await makeServer({ name: 'eu1' });
    await hold(id);
    await hold(id);
    await release(id);
    await release(id);
    expect(await subjects()).toEqual(['eu1 is held: not reachable', 'eu1 works again']);
  });

  it('that comes and goes is told a few times an hour, and never left as well while it is held', async () => {
    const { id } = await makeServer({ name: 'eu1' });
    for (let round = 0; round < 5; round++) {
      await hold(id);
      await release(id);
    }
    await hold(id);
    expect(await subjects()).toEqual(['eu1 is held: not reachable', 'eu1 works again', 'eu1 is held: not reachable']);
    await age(1);
    await release(id);
    expect(await subjects()).toHaveLength(4);
  });

  it('is told again for another kind of trouble', async () => {
    const { id } = await makeServer({ name: 'eu1' });
    await hold(id, 'timeout');
    await db.server.update({ where: { id }, data: { heldAt: null } });
    await hold(id, 'timeout');
    await db.server.update({ where: { id }, data: { heldAt: null } });
    await hold(id, 'auth');
    expect(await subjects()).toEqual(['eu1 is held: no answer in time', 'eu1 is held: refusing our key']);
  });

  it('was not told of, so its end is not either', async () => {
    const { id } = await makeServer();
    await db.server.update({ where: { id }, data: { heldAt: new Date() } });
    await release(id);
    expect(await mails()).toEqual([]);
  });
});

describe('a group without room', () => {
  it('is told again only after an order found a place in it', async () => {
    const { id: groupId, name: group } = await makeServerGroup();
    const tell = () => inTransaction((tx) => notifyStaff(tx, { kind: 'no-room', groupId, group }));
    await tell();
    await age(2);
    await tell();
    expect(await mails()).toHaveLength(1);
    const server = await makeServer({ groupId });
    const { service } = await createOrder();
    await db.placement.create({ data: { serviceId: service.id, serverId: server.id, reason: {} } });
    await tell();
    expect(await mails()).toHaveLength(2);
  });
});
