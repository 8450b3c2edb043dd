import { beforeEach, describe, expect, it } from 'vitest';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { seal } from '@/lib/crypto';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { forgetTries } from '@/lib/rate-limit';
import { clearAudit } from '@/lib/testing/clear-audit';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { makeService } from '../../../prisma/factories/service';
import { makeUser } from '../../../prisma/factories/user';
import { passwordPlace } from './module-service';
import { getMyService } from './my-service';
import { listServices } from './queries';
import { revealPassword } from './reveal-password';

const OWN = 'the password I sign in with';
const world = {} as { owner: Ctx; other: Ctx; support: Ctx; serviceId: string };

beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "Customer", "User" CASCADE`;
  await clearAudit();
  const { id: moduleId } = await makeServerModule({ slug: 'pickaxe', supportsSSO: true });
  const server = await makeServer({ moduleId, name: 'rack-7-secret-name', hostname: 'play.example.com' });
  const { id: productId } = await makeProduct({ moduleId, name: 'Minecraft Pro' });
  const person = async (role: 'CUSTOMER' | 'SUPPORT'): Promise<Ctx> => {
    const { id, name } = await makeUser({ role, password: OWN, name: role === 'SUPPORT' ? 'Sam Staff' : 'Ada' });
    const customerId = role === 'CUSTOMER' ? (await makeCustomer({ userId: id })).id : null;
    return { actor: { type: 'user', id, name, role, customerId }, address: '192.0.2.7', requestId: uuidv7() };
  };
  world.owner = await person('CUSTOMER');
  world.other = await person('CUSTOMER');
  world.support = await person('SUPPORT');
  const id = uuidv7();
  world.serviceId = id;
  const { actor } = world.owner;
  await makeService({
    id,
    customerId: (actor.type === 'user' && actor.customerId) || '',
    productId,
    serverId: server.id,
    status: 'ACTIVE',
    username: 'srv_1',
    dedicatedIp: '198.51.100.4',
    nameservers: ['ns1.example.com'],
    additionalData: { port: 25565, deep: { hidden: 'planted-deep' } },
    suspendReason: 'planted-reason',
    password: await seal('planted-panel-password', passwordPlace(id)),
  });
});

const mine = (ctx = world.owner, language: 'en' | 'tr' = 'en') => getMyService(ctx, { id: world.serviceId, language });
const reveal = (ctx: Ctx, more: { ownPassword?: string; reason?: string } = {}) =>
  revealPassword(ctx, { id: world.serviceId, ownPassword: OWN, ...more });

describe('a service as its customer sees it', () => {
  it('has what one needs to reach it, and nothing of the inside', async () => {
    const service = await mine();
    expect(service).toMatchObject({
      product: 'Minecraft Pro',
      hostname: 'play.example.com',
      ip: '198.51.100.4',
      nameservers: ['ns1.example.com'],
      extras: [{ key: 'port', label: 'Game port', value: '25565' }],
      connectTo: 'play.example.com:25565',
      passwordKnown: true,
      work: null,
    });
    const { items } = await listServices(world.owner, { limit: 10 });
    expect(items).toMatchObject([{ canLogin: true, server: null }]);
    for (const word of ['rack-7', 'planted']) expect(JSON.stringify([service, items])).not.toContain(word);
  });

  it('says one address: the account’s own where its panel gave one; when it ends; its words in the reader’s language', async () => {
    const terminateAt = new Date('2027-01-31T12:00:00Z');
    const additionalData = { ip: '198.51.100.77', ftpPort: 2121, roomId: 7 };
    await db.service.update({
      where: { id: world.serviceId },
      data: { dedicatedIp: null, terminateAt, additionalData },
    });
    expect(await mine(world.owner, 'tr')).toMatchObject({
      ip: '198.51.100.77',
      endsAt: terminateAt.toISOString(),
      connectTo: null,
      extras: [
        { key: 'roomId', label: null, value: '7' },
        { key: 'ftpPort', label: expect.stringMatching(/FTP/), value: '2121' },
      ],
    });
  });

  it('is not there for another customer', async () => {
    await expect(mine(world.other)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each([
    ['QUEUED', false],
    ['RUNNING', false],
    ['WAITING', false],
    ['UNKNOWN', true],
    ['FAILED', true],
  ] as const)('says whether %s work goes on by itself', async (state, stuck) => {
    const reason = { code: 'planted-reason', words: 'planted words of the panel' };
    const { id } = await makeOperation({ serviceId: world.serviceId, kind: 'SUSPEND', state, reason });
    const service = await mine();
    expect(service.work).toMatchObject({ id, kind: 'SUSPEND', stuck });
    expect(JSON.stringify(service)).not.toContain('planted');
  });

  it('tells what happened newest first: the own actions by name, staff without name and reason', async () => {
    const input = { actionId: 'restart', reason: 'planted' };
    await makeOperation({ serviceId: world.serviceId, state: 'SUCCEEDED', createdAt: new Date('2026-01-01') });
    const restarted = { kind: 'CUSTOM_ACTION', state: 'SUCCEEDED', input, createdAt: new Date('2026-01-02') } as const;
    await makeOperation({ serviceId: world.serviceId, ...restarted });
    const opened = { action: 'sso.open', targetType: 'service', targetId: world.serviceId };
    await recordAudit(db, world.support, { ...opened, reason: 'planted ticket' });
    await recordAudit(db, world.owner, opened);
    const { history } = await mine(world.owner, 'tr');
    expect(history.map(({ what, how }) => [what, how])).toEqual([
      ['STAFF_LOGIN', 'done'],
      ['CUSTOM_ACTION', 'done'],
      ['CREATE', 'done'],
    ]);
    expect(history[1]?.action).toBe('Yeniden başlat');
    expect(JSON.stringify(history)).not.toMatch(/planted|Sam Staff/);
  });
});

describe('seeing the panel password', () => {
  it('needs one’s own, leaves an entry, and shows in the history', async () => {
    expect(await reveal(world.owner)).toEqual({ password: 'planted-panel-password' });
    const entries = await db.auditEntry.findMany();
    expect(entries).toMatchObject([{ action: 'service.reveal-password', targetId: world.serviceId }]);
    expect(JSON.stringify(entries)).not.toContain('planted');
    expect((await mine()).history).toMatchObject([{ what: 'PASSWORD_SEEN' }]);
  });

  it('is refused with a wrong own one, five times, then also with the right one', async () => {
    for (let round = 0; round < 5; round++) {
      await expect(reveal(world.owner, { ownPassword: 'a guess' })).rejects.toMatchObject({ code: 'BAD_INPUT' });
    }
    await expect(reveal(world.owner)).rejects.toMatchObject({ code: 'TOO_MANY_REQUESTS' });
    expect(await db.auditEntry.count()).toBe(0);
    await forgetTries('reveal-password', world.owner.actor.id ?? '');
  });

  it('is not there for another customer, and for staff only with a reason', async () => {
    await expect(reveal(world.other)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(reveal(world.support)).rejects.toMatchObject({ issues: [{ path: ['reason'] }] });
    expect(await reveal(world.support, { reason: 'Ticket 9' })).toHaveProperty('password');
    expect(await db.auditEntry.findMany()).toMatchObject([{ reason: 'Ticket 9', actorName: 'Sam Staff' }]);
  });

  it('says what to do when none is stored', async () => {
    await db.service.update({ where: { id: world.serviceId }, data: { password: null } });
    await expect(reveal(world.owner)).rejects.toMatchObject({ code: 'INVALID_STATE' });
  });
});
