import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { forgetTries } from '@/lib/rate-limit';
import { clearAudit } from '@/lib/testing/clear-audit';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { type Simulator, startSimulator } from '@/modules/sdk/simulator-host';
import { callOverHttp, cookieOf } from '@/trpc/testing/call';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { makeService } from '../../../prisma/factories/service';
import { makeUser } from '../../../prisma/factories/user';
import { serviceHistory } from '../services/my-history';
import { handleCodeLogin } from './handle-login';

const ORIGIN = 'http://panel.example';
const world = {} as { panel: Simulator; cookie: string };
const ids = {} as Record<'admin' | 'customer' | 'other' | 'service' | 'remote' | 'product' | 'server', string>;

beforeAll(async () => {
  world.panel = await startSimulator(pickaxeSimulator);
  process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = new URL(world.panel.url).port;
  ids.admin = (await makeUser({ role: 'ADMIN', name: 'Billing' })).id;
  world.cookie = await cookieOf(ids.admin);
  const moduleId = (await makeServerModule({ slug: 'pickaxe' })).id;
  ids.product = (await makeProduct({ moduleId })).id;
  ids.server = (await makeServer({ moduleId, config: world.panel.credentials })).id;
  // Nobody who signs in here: the company's own site knows its customers.
  ids.customer = (await makeCustomer()).id;
  ids.other = (await makeCustomer()).id;
  await db.setting.create({ data: { key: 'staffEmail', value: ['staff@example.com'] } });
});
afterAll(() => world.panel.stop());
beforeEach(async () => {
  world.panel.clearFaults();
  await forgetTries('panel-code', 'unknown');
  await forgetTries('panel-login', ids.customer);
  await clearAudit();
  await db.emailMessage.deleteMany();
  ids.remote = world.panel.plant({ status: 'active' }).id;
  const { customer: customerId, product: productId, server: serverId, remote: remoteId } = ids;
  const active = { remoteId, username: remoteId, status: 'ACTIVE' as const };
  ids.service = (await makeService({ customerId, productId, serverId, ...active })).id;
});

async function ask(input: object = {}) {
  const procedure = { path: 'sso.createCode', type: 'mutation' as const };
  const reply = await callOverHttp(world.cookie, procedure, { serviceId: ids.service, ...input });
  return { status: reply.status, data: JSON.parse(reply.text).result?.data as { url: string; expiresAt: string } };
}
const codeOf = async () => new URL((await ask()).data.url).hash.slice(1);
function spend(code: string, headers: Record<string, string> = {}) {
  const body = new URLSearchParams({ code }).toString();
  const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(body.length) };
  const from = { origin: ORIGIN, host: 'panel.example', 'accept-language': 'en' };
  return handleCodeLogin(
    new Request(`${ORIGIN}/sso/code`, { method: 'POST', body, headers: { ...type, ...from, ...headers } }),
  );
}
const audited = async () => (await db.auditEntry.findMany({ orderBy: { at: 'asc' } })).map(({ action }) => action);

describe('an address that a program asked for', () => {
  it('opens the panel once, for whoever presses its button, and is stored as a hash only', async () => {
    const { status, data } = await ask({ customerId: ids.customer });
    expect(status).toBe(200);
    expect(data.url).toMatch(/^http:\/\/[^/]+\/sso#[\w-]{43}$/);
    const left = new Date(data.expiresAt).getTime() - Date.now();
    expect(left).toBeGreaterThan(50_000);
    expect(left).toBeLessThanOrEqual(61_000);
    const code = new URL(data.url).hash.slice(1);
    expect(JSON.stringify(await db.oneTimeCode.findMany())).not.toContain(code);

    const response = await spend(code);
    expect(response.status).toBe(303);
    const link = response.headers.get('location') ?? '';
    expect(await (await fetch(link)).text()).toContain(`Signed in as ${ids.remote}`);
    const entries = await db.auditEntry.findMany({ orderBy: { at: 'asc' } });
    expect(entries).toMatchObject([
      { action: 'sso.code', actorName: 'Billing', targetId: ids.service },
      { action: 'sso.open', actorName: 'Login code made by Billing', targetId: ids.service },
    ]);
    for (const secret of [code, link.split('/').at(-1) ?? '']) expect(JSON.stringify(entries)).not.toContain(secret);
    expect(await serviceHistory(ids.service, () => null)).toMatchObject([{ what: 'OUTSIDE_LOGIN' }]);
  });

  it('lets exactly one of 50 in who try at once', async () => {
    const code = await codeOf();
    const answers = await Promise.all(Array.from({ length: 50 }, () => spend(code)));
    const statuses = answers.map(({ status }) => status);
    expect(statuses.filter((status) => status === 303)).toHaveLength(1);
    expect(statuses.filter((status) => status === 410)).toHaveLength(49);
    expect((await audited()).filter((action) => action === 'sso.open')).toHaveLength(1);
    expect((await audited()).filter((action) => action === 'sso.replay')).toHaveLength(49);
  });

  it('is refused a second time in words, audited, and staff hear of the third time once', async () => {
    const code = await codeOf();
    await spend(code);
    const mails = () => db.emailMessage.findMany({ where: { template: 'staff-notice' } });
    for (const times of [1, 2]) {
      const response = await spend(code);
      expect(response.status).toBe(410);
      expect(await response.text()).toContain('This login was used already');
      expect((await audited()).filter((action) => action === 'sso.replay')).toHaveLength(times);
    }
    expect(await mails()).toHaveLength(0);
    await spend(code);
    await spend(code);
    expect(await mails()).toMatchObject([{ subject: expect.stringMatching(/^Used login codes are tried again: /) }]);
  });

  it('works for a minute, while its maker may work here and the service is the same customer’s', async () => {
    const late = await codeOf();
    await db.$executeRaw`UPDATE "OneTimeCode" SET "expiresAt" = now() - interval '1 second' WHERE "usedAt" IS NULL`;
    expect((await spend(late)).status).toBe(410);
    const disabled = await codeOf();
    await db.user.update({ where: { id: ids.admin }, data: { disabledAt: new Date() } });
    expect((await spend(disabled)).status).toBe(410);
    await db.user.update({ where: { id: ids.admin }, data: { disabledAt: null } });
    const moved = await codeOf();
    await db.service.update({ where: { id: ids.service }, data: { customerId: ids.other } });
    expect((await spend(moved)).status).toBe(404);
    expect(await audited()).not.toContain('sso.open');
  });

  it('is made for no service of somebody else, nor for one that is not active', async () => {
    expect((await ask({ customerId: ids.other })).status).toBe(404);
    expect((await ask({ serviceId: uuidv7() })).status).toBe(404);
    await db.service.update({ where: { id: ids.service }, data: { status: 'SUSPENDED' } });
    expect((await ask()).status).toBe(409);
    expect(await audited()).toEqual([]);
  });

  it.each([
    ['a form of another site', { origin: 'https://evil.example' }, 403],
    ['something that is no form', { 'content-type': 'application/json' }, 400],
  ])('is not spent by %s', async (_what, headers, status) => {
    const code = await codeOf();
    expect((await spend(code, headers)).status).toBe(status);
    expect((await spend(code)).status).toBe(303);
  });

  it('tells in words that the panel gave no link, in the visitor’s language', async () => {
    world.panel.fault({ op: 'sso', fault: 'http500' });
    const response = await spend(await codeOf(), { 'accept-language': 'tr' });
    expect(response.status).toBe(502);
    expect(response.headers.get('location')).toBeNull();
    expect(await response.text()).toContain('<html lang="tr">');
  });

  it('cannot be guessed at any speed', async () => {
    const tries = await Promise.all(Array.from({ length: 61 }, () => spend('x'.repeat(43))));
    expect(tries.filter(({ status }) => status === 429)).toHaveLength(1);
  });
});
