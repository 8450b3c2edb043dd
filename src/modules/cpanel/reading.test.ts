import { describe, expect, it } from 'vitest';
import type { ModuleServer } from '@/modules/sdk/contract';
import usage from './fixtures/usage.json';
import cpanel from './index';
import { type Answer, active, no, panel, type Received, yes } from './testing/panel';

describe('reading', () => {
  const byFunction = ({ path }: Received): Answer => ({
    body: path.endsWith('get_disk_usage') ? usage.disk : usage.traffic,
  });
  const acme = { diskUsed: 14_680_064, diskLimit: 1_048_576_000, bandwidthUsed: 12_345, bandwidthLimit: 1_048_576_000 };

  const asRoot = (server: ModuleServer): ModuleServer => ({
    ...server,
    // Parsed settings are an object.
    credentials: { ...(server.credentials as object), username: 'root' },
  });

  it('measures a whole server in two calls, and keeps "no limit" apart from "not measured"', async () => {
    const { received, server, ctx } = await panel(byFunction);
    const all = [];
    for await (const one of cpanel.getServerUsage?.(asRoot(server), ctx()) ?? []) all.push(one);
    expect(all).toEqual([
      { ...acme, remoteId: 'acme', username: 'acme', domain: 'acme.example' },
      {
        diskUsed: 0,
        diskLimit: Number.POSITIVE_INFINITY,
        bandwidthUsed: 7,
        bandwidthLimit: Number.POSITIVE_INFINITY,
        remoteId: 'beta',
        username: 'beta',
        domain: 'beta.example',
      },
    ]);
    expect(received).toHaveLength(2);
    expect(await cpanel.getUsage?.(active, asRoot(server), ctx())).toEqual(acme);
  });

  it.each([
    ['no list', { accounts: { user: 'acme' } }],
    ['a row that is none', { accounts: [{ user: 'acme', blocks_used: 1 }, 'beta'] }],
    ['a row without a name', { accounts: [{ user: 'acme', blocks_used: 1 }, { user: '' }] }],
    ['nothing', {}],
  ])('takes %s for no answer, not for fewer accounts', async (_what, data) => {
    const { server, ctx } = await panel(({ path }) => ({
      body: path.endsWith('get_disk_usage') ? yes(data) : usage.traffic,
    }));
    const list = async () => {
      for await (const one of cpanel.getServerUsage?.(asRoot(server), ctx()) ?? []) expect(one).toBeUndefined();
    };
    await expect(list()).rejects.toMatchObject({ words: expect.stringContaining('the disk usage') });
  });

  it('reads numbers that come as texts, names that come as numbers, and an empty list that comes as null', async () => {
    const row = { user: 7, blocks_used: ' 14336 ', blocks_limit: '1024000' };
    const one = await panel(({ path }) => ({
      body: path.endsWith('get_disk_usage') ? yes({ accounts: [row] }) : yes({ acct: null }),
    }));
    const all = [];
    for await (const account of cpanel.getServerUsage?.(asRoot(one.server), one.ctx()) ?? []) all.push(account);
    expect(all).toEqual([
      { ...acme, bandwidthUsed: Number.NaN, bandwidthLimit: Number.NaN, remoteId: '7', username: '7' },
    ]);
  });

  const acct = [
    { user: 'acme', domain: 'acme.example', diskused: '14M', disklimit: '1000M' },
    { user: 'beta', diskused: 'none', disklimit: 'unlimited' },
    { user: 'gamma', diskused: '0M', disklimit: 500 },
  ];
  const listed = [
    ['acme', 14_680_064, 1_048_576_000],
    ['beta', Number.NaN, Number.POSITIVE_INFINITY],
    ['gamma', 0, 524_288_000],
  ];

  it('measures what a reseller has in two calls, which WHM lets resellers make', async () => {
    const { received, server, ctx } = await panel(({ path }) => ({
      body: path.endsWith('showbw') ? usage.traffic : yes({ acct }),
    }));
    const all = [];
    for await (const one of cpanel.getServerUsage?.(server, ctx()) ?? []) all.push(one);
    expect(all.map(({ username, diskUsed, diskLimit }) => [username, diskUsed, diskLimit])).toEqual(listed);
    expect(all[0]).toMatchObject({ bandwidthUsed: 12_345, domain: 'acme.example' });
    expect(received.map(({ path }) => path.split('/')[2]).toSorted()).toEqual(['listaccts', 'showbw']);
    expect(await cpanel.getUsage?.(active, server, ctx())).toEqual(acme);
    expect(received.map(({ path }) => path.split('/')[2]).slice(2)).toEqual(['accountsummary', 'showbw']);
  });

  it('falls back to the list of accounts where the server is too old to measure', async () => {
    const { server, ctx } = await panel(({ path }) => ({
      body: /listaccts|accountsummary/.test(path) ? yes({ acct }) : no('Unknown app (“x”) requested'),
    }));
    const all = [];
    for await (const one of cpanel.getServerUsage?.(asRoot(server), ctx()) ?? [])
      all.push([one.username, one.diskUsed, one.diskLimit, one.bandwidthUsed]);
    expect(all).toEqual(listed.map((row) => [...row, Number.NaN]));
    expect(await cpanel.getUsage?.(active, asRoot(server), ctx())).toMatchObject({
      diskUsed: 14_680_064,
      bandwidthUsed: Number.NaN,
    });
  });

  it("tells when an account was made by our clock, whatever the panel's says", async () => {
    const ahead = 3 * 3600_000;
    const madeAt = Date.now() - 60_000;
    const acct = [
      { user: 'acme', domain: 'acme.example', unix_startdate: String(Math.floor((madeAt + ahead) / 1000)) },
    ];
    const { server, ctx } = await panel({
      body: yes({ acct }),
      headers: { date: new Date(Date.now() + ahead).toUTCString() },
    });
    const found = await cpanel.getAccount?.(active, server, ctx());
    expect(Math.abs((found?.createdAt?.getTime() ?? 0) - madeAt)).toBeLessThan(5000);
  });

  it('names missing privileges, and refuses a login that can neither see nor make accounts', async () => {
    const granted = (list: Record<string, unknown>) =>
      panel(({ path }) => ({
        body: path.endsWith('version')
          ? { cpanelresult: { apiversion: '2', data: { version: '11.134.0.44' }, type: 'text' } }
          : yes({ privileges: [list] }),
      }));
    const root = await granted({ all: '1' });
    expect(await cpanel.testConnection(root.server, root.ctx())).toBe(true);
    expect(root.warnings).toEqual([]);
    const most = Object.fromEntries(
      'create-acct list-accts suspend-acct passwd upgrade-account show-bandwidth create-user-session viewglobalpackages basic-whm-functions basic-system-info'
        .split(' ')
        .map((name) => [name, '1']),
    );
    const some = await granted({ ...most, 'kill-acct': '' });
    expect(await cpanel.testConnection(some.server, some.ctx())).toBe(true);
    expect(some.warnings).toEqual([expect.stringContaining('kill-acct')]);
    const none = await granted({ passwd: 1 });
    await expect(cpanel.testConnection(none.server, none.ctx())).rejects.toMatchObject({
      kind: 'auth',
      outcome: 'not-done',
    });
  });
});
