import { afterAll, describe, expect, it, vi } from 'vitest';
import type { ChangeWish } from '@/features/operations/change-input';
import { requestChange } from '@/features/operations/request-change';
import { startPanelWorld } from '@/features/operations/testing/panel-world';
import { playRun, playWhileAnnounced } from '@/features/operations/testing/play-run';
import { openServer } from '@/features/servers/server-access';
import { createService } from '@/features/services/create-service';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { createModuleContext } from '@/modules/sdk/module-context';
import { startSimulator } from '@/modules/sdk/simulator-host';
import { makeServer } from '../../../prisma/factories/server';
import cpanel from './index';
import { simulatorOf } from './simulator';
import { type CpanelState, cpanelState } from './simulator-state';

// The executor's address is read when the client is made, so it has to be there before anything is imported.
const catcher = await vi.hoisted(async () =>
  (await import('@/features/operations/testing/event-catcher')).startEventCatcher(),
);
const ctx = systemContext('test');
const states: CpanelState[] = [];
const world = startPanelWorld({
  slug: 'cpanel',
  moduleSettings: { plan: 'starter' },
  start: () => {
    // A clock that is two hours ahead: proof by time of creation has to bear that. The second is asked by a reseller.
    const login = states.length > 0 ? { login: { user: 'reseller', token: 'R3S3LL3RT0K3N' } } : {};
    const state = cpanelState({ clockAheadSeconds: 7200, ...login });
    states.push(state);
    return startSimulator(simulatorOf(state));
  },
});
afterAll(() => catcher.stop());

let number = 0;
async function order(serverId?: string) {
  number += 1;
  const domain = `shop-${number}.example.com`;
  const wanted = { productId: world.productId, customerId: world.customerId, domain };
  const made = await createService(ctx, { ...wanted, ...(serverId && { serverId }) });
  const before = world.a.state().calls.length;
  return {
    ...made,
    domain,
    service: () => db.service.findUniqueOrThrow({ where: { id: made.serviceId } }),
    operation: () => db.operation.findUniqueOrThrow({ where: { id: made.operationId }, include: { attempts: true } }),
    accounts: () => world.a.state().accounts.filter((account) => account.domain === domain),
    ops: () =>
      world.a
        .state()
        .calls.slice(before)
        .map(({ op }) => op),
  };
}
type Order = Awaited<ReturnType<typeof order>>;

/** The name that the order will ask for, learnt from an order that fails before anything is made. */
async function nameOf(o: Order): Promise<string> {
  world.a.fault({ op: 'create', fault: 'http429', times: 1 });
  await playRun(o.operationId);
  return (await o.service()).username ?? '';
}

async function wake(o: Order) {
  await db.$executeRaw`UPDATE "Operation" SET "nextTryAt" = now(), "state" = 'QUEUED', "dispatch" = "dispatch" + 1, "runId" = NULL
    WHERE "id" = ${o.operationId} AND "state" = 'WAITING'`;
  await playWhileAnnounced(o.operationId);
}

describe('an order on WHM', () => {
  it('becomes one account with three calls: look-up, create, read-back', async () => {
    const o = await order();
    await playRun(o.operationId);
    const [account] = o.accounts();
    expect(await o.service()).toMatchObject({
      status: 'ACTIVE',
      username: account?.id,
      remoteId: account?.id,
      domain: o.domain,
    });
    expect(o.ops()).toEqual(['get', 'create', 'get']);
    expect(states[0]?.accounts.find(({ domain }) => domain === o.domain)).toMatchObject({
      plan: 'starter',
      owner: 'root',
    });
  });

  it.each(['drop-after', 'hang-after', 'truncated', 'html200-after', 'bad-utf8'] as const)(
    'whose answer is lost (%s) is found again and becomes ACTIVE with one account',
    async (fault) => {
      const o = await order();
      world.a.fault({ op: 'create', fault, times: 1 });
      await playWhileAnnounced(o.operationId);
      const nameservers = ['ns1.example.net', 'ns2.example.net'];
      expect(await o.service()).toMatchObject({ status: 'ACTIVE', serverId: world.serverA, nameservers });
      expect(o.accounts()).toHaveLength(1);
      expect(o.ops().filter((op) => op === 'create')).toHaveLength(1);
    },
  );

  it('that may not have arrived is looked for until the panel has settled, then sent once more', async () => {
    const o = await order();
    world.a.fault({ op: 'create', fault: 'drop-before', times: 1 });
    await playRun(o.operationId);
    expect(await o.operation()).toMatchObject({ state: 'WAITING', reason: { code: 'looking-again' } });
    await wake(o);
    expect(o.ops().filter((op) => op === 'create')).toHaveLength(1);
    await db.$executeRaw`UPDATE "OperationAttempt" SET "sentAt" = "sentAt" - interval '6 minutes', "endedAt" = "endedAt" - interval '6 minutes'
      WHERE "operationId" = ${o.operationId}`;
    await wake(o);
    expect(await o.service()).toMatchObject({ status: 'ACTIVE' });
    expect(o.accounts()).toHaveLength(1);
  });
});

describe("somebody else's account", () => {
  it('with our name, there before: untouched, and the order gets the next name', async () => {
    const o = await order();
    const name = await nameOf(o);
    const stranger = world.a.plant({ username: name, domain: 'stranger.example' });
    await wake(o);
    expect(await o.service()).toMatchObject({ status: 'ACTIVE' });
    expect((await o.service()).username).not.toBe(name);
    expect(world.a.state().accounts.find(({ id }) => id === name)).toEqual(stranger);
    expect(o.accounts()).toHaveLength(1);
  });

  it('with our domain, there before: untouched, and a person is asked', async () => {
    const o = await order();
    const stranger = world.a.plant({ domain: o.domain });
    await playWhileAnnounced(o.operationId);
    expect(await o.operation()).toMatchObject({ state: 'UNKNOWN', reason: { code: 'not-ours' } });
    expect((await o.operation()).attempts).toHaveLength(1);
    expect(world.a.state().accounts).toEqual([stranger]);
  });

  const hour = 3600_000;
  it.each([
    ['another domain', { domain: 'stranger.example' }],
    ['another owner', { owner: 'somebody' }],
    ['an older time of creation', { createdAt: new Date(Date.now() + 2 * hour - hour / 2).toISOString() }],
  ])('with our name and %s, made while our answer was lost: untouched, and a person is asked', async (_, marks) => {
    const o = await order();
    const name = await nameOf(o);
    world.a.fault({ op: 'create', fault: 'drop-before', times: 1 });
    await wake(o);
    expect(await o.operation()).toMatchObject({ state: 'WAITING', reason: { code: 'looking-again' } });
    const stranger = world.a.plant({ username: name, domain: o.domain, ...marks });
    await wake(o);
    expect(await o.operation()).toMatchObject({ state: 'UNKNOWN', reason: { code: 'not-ours' } });
    expect(world.a.state().accounts).toEqual([stranger]);
    expect(await o.service()).toMatchObject({ status: 'PENDING', remoteId: null });
  });

  it('with all our marks, made after we sent ours, is ours', async () => {
    const o = await order();
    const name = await nameOf(o);
    world.a.fault({ op: 'create', fault: 'drop-before', times: 1 });
    await wake(o);
    world.a.plant({ username: name, domain: o.domain });
    await wake(o);
    expect(await o.service()).toMatchObject({ status: 'ACTIVE', remoteId: name });
  });
});

describe('two servers of one WHM', () => {
  /** An order on server A that is inside its changing call for the next minute. */
  async function orderUnderWay() {
    const before = await order(world.serverA);
    await playRun(before.operationId);
    const o = await order(world.serverA);
    const leaseUntil = new Date(Date.now() + 60_000);
    await db.panelSlot.create({ data: { serverId: world.serverA, operationId: o.operationId, leaseUntil } });
    return o;
  }

  it('share its one changing call: the other waits, and goes on when the first has ended', async () => {
    const { moduleId, groupId } = await db.server.findUniqueOrThrow({ where: { id: world.serverA } });
    const twin = await makeServer({ name: 'A as reseller', moduleId, groupId, config: world.a.credentials });
    const first = await orderUnderWay();
    const second = await order(twin.id);
    await playRun(second.operationId);
    expect(await second.operation()).toMatchObject({
      state: 'WAITING',
      reason: { code: 'waiting-for-slot', server: { id: twin.id }, limit: 1 },
    });
    await playRun(first.operationId);
    expect(await second.operation()).toMatchObject({ state: 'QUEUED' });
    await playRun(second.operationId);
    expect(await Promise.all([first.service(), second.service()])).toMatchObject([
      { status: 'ACTIVE', serverId: world.serverA },
      { status: 'ACTIVE', serverId: twin.id },
    ]);
    expect(await db.panelSlot.count()).toBe(0);
  });

  it('of different WHMs do not wait for each other', async () => {
    await orderUnderWay();
    const elsewhere = await order(world.serverB);
    await playRun(elsewhere.operationId);
    expect(await elsewhere.service()).toMatchObject({ status: 'ACTIVE', serverId: world.serverB });
  });
});

describe('work on an account that is there', () => {
  async function active() {
    const o = await order(world.serverA);
    await playRun(o.operationId);
    const change = async (kind: 'TERMINATE' | 'CHANGE_PACKAGE', wish: ChangeWish = {}) => {
      const { operationId } = await requestChange(ctx, { serviceId: o.serviceId, kind, wish });
      await playWhileAnnounced(operationId ?? '');
      return db.operation.findUniqueOrThrow({ where: { id: operationId ?? '' }, include: { events: true } });
    };
    return { ...o, change };
  }

  it('shows at the operation what WHM warned of although it said yes', async () => {
    const { change } = await active();
    const to = { productId: world.productId, moduleSettings: { plan: 'business' }, configOptions: [] };
    const { state, events } = await change('CHANGE_PACKAGE', { change: { from: to, to } });
    expect(state).toBe('SUCCEEDED');
    expect(events.filter(({ type }) => type === 'warning').map(({ data }) => data)).toEqual([
      { words: 'WHM: You cannot change backup settings.' },
    ]);
  });

  it('leaves one alone that was given another user name in WHM, and asks a person', async () => {
    const { change, service, domain } = await active();
    const account = states[0]?.accounts.find((found) => found.domain === domain);
    if (account) account.user = 'moved1';
    expect(await change('TERMINATE')).toMatchObject({ state: 'UNKNOWN', reason: { code: 'not-ours' } });
    expect(await service()).toMatchObject({ status: 'ACTIVE' });
    expect(states[0]?.accounts).toContain(account);
  });
});

describe('a reseller who lacks one right', () => {
  it('fails what needs it, naming the right, and goes on with everything else', async () => {
    const [, reseller] = states;
    const had = reseller?.privileges ?? [];
    const o = await order(world.serverB);
    await playRun(o.operationId);
    if (reseller) reseller.privileges = had.filter((name) => name !== 'kill-acct');
    const terminate = await requestChange(ctx, { serviceId: o.serviceId, kind: 'TERMINATE', wish: {} });
    await playWhileAnnounced(terminate.operationId ?? '');
    expect(await db.operation.findUniqueOrThrow({ where: { id: terminate.operationId ?? '' } })).toMatchObject({
      state: 'FAILED',
      reason: { code: 'panel-refused', words: expect.stringMatching(/removeacct.*privilege/) },
    });
    expect(await db.server.findUniqueOrThrow({ where: { id: world.serverB } })).toMatchObject({ heldAt: null });
    const suspend = await requestChange(ctx, { serviceId: o.serviceId, kind: 'SUSPEND', wish: {} });
    await playWhileAnnounced(suspend.operationId ?? '');
    expect(await o.service()).toMatchObject({ status: 'SUSPENDED' });
    if (reseller) reseller.privileges = had;
  });
});

describe('a server with 500 accounts', () => {
  it('is listed in chunks and measured in two calls', async () => {
    const open = await openServer(world.serverA);
    const policy = { allowCidrs: [], allowLoopbackPorts: [Number(new URL(world.a.url).port)], forbiddenPorts: [] };
    const context = () =>
      createModuleContext({ module: cpanel, server: open.server, policy, secrets: open.secrets, limitMs: 5000 });
    for (let n = 0; n < 500; n += 1) world.a.plant({ domain: `site-${n}.example.com` });
    const calls = () => world.a.state().calls.length;
    const count = async (list: AsyncIterable<{ remoteId?: string }> | undefined) => {
      const before = calls();
      const found = new Set<string | undefined>();
      for await (const { remoteId } of list ?? []) found.add(remoteId);
      return { accounts: found.size, calls: calls() - before };
    };
    expect(await count(cpanel.listAccounts?.(open.server, context()))).toEqual({ accounts: 500, calls: 2 });
    expect(await count(cpanel.getServerUsage?.(open.server, context()))).toEqual({ accounts: 500, calls: 2 });
  });
});
