import { afterEach, describe, expect, it } from 'vitest';
import { openBench, order } from '@/modules/sdk/contract-bench';
import cpanel from './index';
import { simulatorOf } from './simulator';
import { cpanelState } from './simulator-state';

const stops: (() => Promise<void>)[] = [];
afterEach(() => Promise.all(stops.splice(0).map((stop) => stop())));

async function panel(parts: Parameters<typeof cpanelState>[0] = {}) {
  const state = cpanelState(parts);
  const bench = await openBench(cpanel, simulatorOf(state));
  stops.push(bench.stop);
  const newService = () => {
    const service = bench.newService();
    return { ...service, product: { ...service.product, moduleSettings: { plan: 'starter' } } };
  };
  return { state, ...bench, bench, newService };
}

const ask = (url: string, name: string, form: Record<string, string>, authorization: string) =>
  fetch(`${url}/json-api/${name}`, { method: 'POST', body: new URLSearchParams(form), headers: { authorization } });

describe('a simulated WHM', () => {
  it('refuses what the real one refuses, in its own words, and the module says what that means', async () => {
    const { state, bench, server, context, newService } = await panel({ maxAccounts: 1, freeAddresses: 0 });
    const create = (change: object = {}) =>
      cpanel.create({ ...newService(), ...change }, server, context()).catch((error: unknown) => error);
    const product = (moduleSettings: object) => ({ product: { id: 'p', name: 'P', moduleSettings } });
    state.leftoverDomains.push('ghost.example');
    const ends = [
      [{ username: 'root' }, 'conflict', 'username'],
      [{ domain: 'ghost.example' }, 'conflict', 'domain'],
      [{ password: 'aaaa' }, 'invalid-input', 'password'],
      [product({ plan: 'gone' }), 'invalid-input', 'product.moduleSettings.plan'],
      [product({ plan: 'starter', ip: 'dedicated' }), 'capacity', undefined],
    ] as const;
    for (const [change, kind, field] of ends)
      expect(await create(change)).toMatchObject({ kind, field, outcome: 'refused' });
    await order(bench, newService());
    expect(await create()).toMatchObject({ kind: 'capacity', outcome: 'refused' });
    state.maxAccounts = null;
    for (const diskFull of ['words', 'status'] as const) {
      state.diskFull = diskFull;
      expect(await create()).toMatchObject({ kind: 'busy', outcome: 'unknown' });
    }
    expect(state.accounts).toHaveLength(1);
  });

  it('leaves what root suspended and locked to root', async () => {
    const login = { user: 'reseller', token: 'R3S3LL3RT0K3N' };
    const { state, bench, server, context, newService } = await panel({ login });
    const service = await order(bench, newService());
    Object.assign(state.accounts[0] ?? {}, { suspended: true, locked: true });
    await expect(cpanel.unsuspend(service, server, context())).rejects.toMatchObject({
      kind: 'unsupported',
      outcome: 'refused',
      words: expect.stringMatching(/Only root can lift this suspension/),
    });
    expect(state.accounts[0]?.suspended).toBe(true);
  });

  it('lets passwords and packages of a suspended account be changed, and nobody in', async () => {
    const { bench, server, context, newService, state } = await panel();
    const service = await order(bench, newService());
    await cpanel.suspend(service, server, context({ reason: 'Overdue' }));
    expect(state.accounts[0]).toMatchObject({ suspended: true, suspendReason: 'Overdue' });
    expect(await cpanel.changePassword(service, server, 'Another-Secret.42', context())).toBe(true);
    const ref = (plan: string) => ({ moduleSettings: { plan }, configOptions: [] });
    const change = { from: ref('starter'), to: ref('business') };
    expect(await cpanel.changePackage?.(service, server, change, context())).toBe(true);
    expect(state.accounts[0]).toMatchObject({ plan: 'business', password: 'Another-Secret.42' });
    await expect(cpanel.getSSOUrl?.(service, server, context())).rejects.toMatchObject({ kind: 'unsupported' });
  });

  it('opens a login link once, and not after a quarter of an hour', async () => {
    const { bench, server, context, newService, state } = await panel();
    const service = await order(bench, newService());
    const open = async (link = '') => (await (await fetch(link)).text()).match(/<h1>([^<]*)/)?.[1];
    const link = await cpanel.getSSOUrl?.(service, server, context());
    expect([await open(link), await open(link)]).toEqual([
      `Signed in to cPanel as ${service.username}`,
      'This link was used or never existed',
    ]);
    const late = await cpanel.getSSOUrl?.(service, server, context());
    state.clockAheadSeconds += 901;
    expect(await open(late)).toBe('This link was used or never existed');
  });

  it('knows nothing of what accounts hold while quotas are off', async () => {
    const { bench, server, context, newService } = await panel({ dialect: { quotaless: true } });
    const service = await order(bench, newService());
    expect(await cpanel.getUsage?.(service, server, context())).toMatchObject({ diskUsed: Number.NaN });
  });

  it('refuses an unknown login with 403, or with 200 in the same form', async () => {
    for (const politelyDenying of [false, true]) {
      const { simulator, state } = await panel({ dialect: { politelyDenying } });
      const form = { 'api.version': '1', user: 'acme' };
      const answer = await ask(simulator.url, 'removeacct', form, `whm root:${state.login.token}X`);
      expect([answer.status, await answer.json()]).toMatchObject([
        politelyDenying ? 200 : 403,
        { cpanelresult: { error: 'Access denied' } },
      ]);
    }
  });

  it('judges new user names, and answers in the oldest form whoever forgets the version', async () => {
    const { simulator, state } = await panel();
    const token = `WHM root:${state.login.token}`;
    const verify = async (user: string, version = {}) =>
      (await ask(simulator.url, 'verify_new_username', { user, ...version }, token)).json();
    expect(await verify('acme', { 'api.version': '1' })).toMatchObject({ metadata: { result: 1 } });
    expect(await verify('test1', { 'api.version': '1' })).toMatchObject({ metadata: { result: 0 } });
    expect(await verify('virtfs')).toMatchObject({ status: 0, statusmsg: expect.stringContaining('reserved') });
  });
});
