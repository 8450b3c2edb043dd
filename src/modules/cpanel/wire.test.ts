import type { IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { ModuleContext, ModuleServer, ModuleService } from '@/modules/sdk/contract';
import { ModuleError } from '@/modules/sdk/errors';
import { createModuleContext } from '@/modules/sdk/module-context';
import { type AnsweringServer, answeringServer } from '@/modules/sdk/testing/answering-server';
import { refusal } from './errors';
import answers from './fixtures/answers.json';
import created from './fixtures/create-account.json';
import refusals from './fixtures/refusals.json';
import usage from './fixtures/usage.json';
import cpanel from './index';

interface Received {
  method: string;
  path: string;
  query: Record<string, string>;
  authorization: string | undefined;
  form: Record<string, string>;
}
interface Answer {
  status?: number;
  body: unknown;
  headers?: Record<string, string>;
}

const open: AnsweringServer[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

/** A WHM that answers by function, or the same to everything. */
async function panel(answer: Answer | ((request: Received) => Answer)) {
  const received: Received[] = [];
  const warnings: string[] = [];
  const listening = await answeringServer((request, response) => {
    void textOf(request).then((text) => {
      const url = new URL(request.url ?? '/', 'http://panel');
      const entry: Received = {
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        authorization: request.headers.authorization,
        form: Object.fromEntries(new URLSearchParams(text)),
      };
      received.push(entry);
      const { status = 200, body, headers } = typeof answer === 'function' ? answer(entry) : answer;
      response
        .writeHead(status, { 'content-type': 'text/plain', ...headers })
        .end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  open.push(listening);
  const server: ModuleServer = {
    id: 's',
    name: 'Elm',
    hostname: 'elm.example.com',
    ipAddress: '203.0.113.1',
    type: 'SHARED',
    credentials: cpanel.configSchema.parse({
      hostname: '127.0.0.1',
      port: listening.port,
      username: 'reseller',
      accessHash: 'AB12\r\n  CD34\n',
      useSsl: false,
    }),
  };
  const policy = { allowCidrs: [], allowLoopbackPorts: [listening.port], forbiddenPorts: [] };
  const secrets = ['AB12CD34', 'Correct-Horse.42'];
  const onWarn = (text: string) => void warnings.push(text);
  const ctx = (): ModuleContext =>
    createModuleContext({ module: cpanel, server, policy, secrets, limitMs: 2000, onWarn, reason: 'Overdue' });
  return { received, warnings, server, ctx };
}

const service: ModuleService = {
  id: '018f0000-0000-7000-8000-000000000001',
  status: 'PENDING',
  domain: 'acme.example',
  username: 'acmeq7z',
  password: 'Correct-Horse.42',
  remoteId: null,
  dedicatedIp: null,
  additionalData: {},
  configOptions: [],
  product: { id: 'p', name: 'P', moduleSettings: { plan: 'starter' } },
  customer: { id: 'c', email: 'ada@example.com', name: 'Ada', language: 'en' },
};
const active: ModuleService = { ...service, status: 'ACTIVE', username: 'acme', remoteId: 'acme' };
const yes = (data?: unknown, more = {}) => ({ metadata: { result: 1, reason: 'OK', ...more }, data });
const no = (reason: string) => ({ metadata: { result: 0, reason, version: 1 } });

/** How a call ended, for a table to compare. */
async function endOf(call: Promise<unknown> | undefined): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    return error instanceof ModuleError ? `${error.kind} ${error.outcome}` : `escaped: ${String(error)}`;
  }
}

/** What a class may become: kind and outcome, and the field where only one field makes it so. */
const MAY_BECOME: Record<string, readonly string[]> = {
  'permanent-config': [
    'auth not-done',
    'auth refused',
    'policy not-done',
    'policy refused',
    'capacity refused',
    'unsupported refused',
    'invalid-input refused product.moduleSettings.plan',
  ],
  'permanent-input': ['invalid-input refused', 'conflict refused'],
  'already-done': ['not-found refused'],
  ambiguous: ['timeout unknown', 'busy unknown'],
  transient: ['unreachable not-done', 'rate-limited not-done', 'busy not-done', 'busy unknown'],
};

describe('reasons', () => {
  it.each(refusals)('$call: $text', ({ text, from: _from, call: _call, class: belongs, ...meaning }) => {
    const { kind, outcome, field, words } = refusal(text);
    expect({ kind, outcome, ...(field === undefined ? {} : { field }) }).toEqual(meaning);
    const ends = [`${kind} ${outcome}`, `${kind} ${outcome} ${field}`];
    expect(
      MAY_BECOME[belongs]?.some((end) => ends.includes(end)),
      `${ends[1]} is not ${belongs}`,
    ).toBe(true);
    expect(words).not.toMatch(/XID|API failure|\.pm line|<br/);
  });

  it('has a fixture for every text that is documented', () => {
    const count = (from: string) => refusals.filter((one) => one.from === from).length;
    process.stdout.write(
      `${count('documented')} documented refusals, ${count('variant')} more and ${answers.length} answers compared with what they mean.\n`,
    );
    expect(count('documented')).toBeGreaterThanOrEqual(41);
  });

  it('tells staff what to do where the panel does not', () => {
    const advised = [
      ['You do not have permission to call “killacct”.', /Give the login.*privilege/],
      ['This account is locked and cannot be unsuspended.', /Only root can lift/],
      ['There are no free IP addresses on this server.', /Add a free IP address/],
      ['No space left on device', /make room/],
      ['Specified package does not exist.', /Correct the package in the product/],
    ] as const;
    for (const [reason, advice] of advised) expect(refusal(reason).words).toMatch(advice);
  });
});

describe('envelopes', () => {
  it.each(answers)('$name', async ({ status, body, read, change }) => {
    const { server, ctx } = await panel({ status, body });
    const found = await endOf(cpanel.getAccount?.(active, server, ctx()));
    const shown = typeof found === 'string' ? found : JSON.parse(JSON.stringify(found));
    expect(typeof shown === 'string' || shown === null ? String(shown) : `${shown.remoteId} ${shown.status}`).toBe(
      read,
    );
    const changed = await endOf(cpanel.suspend(active, server, ctx()));
    expect(changed === true ? 'done' : changed).toBe(change);
  });
});

describe('create', () => {
  it('sends the documented form, nothing in the address, and reads both forms of the answer', async () => {
    for (const body of [created.answer, created.legacyAnswer]) {
      const { received, warnings, server, ctx } = await panel({ body });
      expect(await cpanel.create(service, server, ctx())).toEqual(created.result);
      expect(received).toEqual([{ ...created.request, query: {} }]);
      expect(warnings).toEqual([]);
    }
  });

  it('warns of another package than the ordered one, and shows what a success refused', async () => {
    const body = yes(
      { ip: '203.0.113.10', package: 'default' },
      { output: { warnings: ['(XID abc123) Not <b>all</b> of it.'] } },
    );
    const { warnings, server, ctx } = await panel({ body });
    await cpanel.create(service, server, ctx());
    expect(warnings).toEqual(['WHM: Not all of it.', expect.stringContaining('"default" instead of "starter"')]);
  });

  it("tries a reseller's own package of that name", async () => {
    const { received, server, ctx } = await panel(({ form }) => ({
      body: form.plan === 'reseller_starter' ? created.legacyAnswer : no('Specified package does not exist.'),
    }));
    expect(await cpanel.create(service, server, ctx())).toEqual(created.result);
    expect(received.map(({ form }) => form.plan)).toEqual(['starter', 'reseller_starter']);
  });

  it('sends nothing for an order that cannot be meant', async () => {
    const { received, server, ctx } = await panel({ body: yes() });
    const wrong: [Partial<ModuleService>, string][] = [
      [{ domain: null }, 'domain'],
      [{ username: null }, 'username'],
      [{ product: { ...service.product, moduleSettings: {} } }, 'product.moduleSettings.plan'],
    ];
    for (const [change, field] of wrong) {
      await expect(cpanel.create({ ...service, ...change }, server, ctx())).rejects.toMatchObject({
        field,
        outcome: 'not-done',
      });
    }
    await expect(cpanel.suspend({ ...service, username: null }, server, ctx())).rejects.toMatchObject({
      kind: 'unsupported',
    });
    expect(received).toEqual([]);
  });
});

describe('what is sent', () => {
  it('passes the reason on, names a removal both ways, and keeps passwords and links out of addresses', async () => {
    const url = 'https://elm.example.com:2083/cpsess1/login/?session=x';
    const { received, server, ctx } = await panel({ body: yes({ url }) });
    await cpanel.suspend(active, server, ctx());
    await cpanel.terminate(active, server, ctx());
    await cpanel.changePassword(active, server, 'Correct-Horse.42', ctx());
    expect(await cpanel.getSSOUrl?.(active, server, ctx())).toBe(url);
    expect(await cpanel.getAdminSSOUrl?.(server, ctx())).toBe(url);
    expect(await cpanel.customActions?.[0]?.run(active, server, {}, ctx())).toBe(url);
    const reads = received.filter(({ method }) => method === 'GET');
    expect(reads.map(({ query }) => query)).toEqual([{ 'api.version': '1', domain: 'acme.example' }]);
    expect(
      received.filter(({ method }) => method !== 'GET').every(({ query }) => Object.keys(query).length === 0),
    ).toBe(true);
    expect(received.map(({ path, form: { 'api.version': _version, ...form } }) => [path.split('/')[2], form])).toEqual([
      ['suspendacct', { user: 'acme', reason: 'Overdue' }],
      ['removeacct', { user: 'acme', username: 'acme', keepdns: '0' }],
      ['getdomainowner', {}],
      ['passwd', { user: 'acme', password: 'Correct-Horse.42', db_pass_update: '1' }],
      ['create_user_session', { user: 'acme', service: 'cpaneld' }],
      ['create_user_session', { user: 'reseller', service: 'whostmgrd' }],
      ['create_user_session', { user: 'acme', service: 'webmaild' }],
    ]);
  });

  it('changes the package, and says what stays as it was', async () => {
    const { received, warnings, server, ctx } = await panel({ body: yes(undefined, { output: { raw: '...' } }) });
    const ref = (moduleSettings: Record<string, unknown>) => ({ moduleSettings, configOptions: [] });
    const change = { from: ref({ plan: 'starter' }), to: ref({ plan: 'business', shell: true }) };
    expect(await cpanel.changePackage?.(active, server, change, ctx())).toBe(true);
    expect(received[0]).toMatchObject({ path: '/json-api/changepackage', form: { user: 'acme', pkg: 'business' } });
    expect(warnings).toEqual([expect.stringContaining('shell of the account stay')]);
  });
});

describe('looking', () => {
  const account = { user: 'renamed', domain: 'acme.example', owner: 'reseller', suspended: 0 };

  it('finds an account that WHM staff gave another user name, so that it is not taken for gone', async () => {
    const { received, server, ctx } = await panel(({ query }) => ({
      body: query.domain ? yes({ acct: [account] }) : no('Account does not exist'),
    }));
    expect(await cpanel.getAccount?.(active, server, ctx())).toMatchObject({ remoteId: 'renamed' });
    expect(received.map(({ query }) => query.user ?? query.domain)).toEqual(['acme', 'acme.example']);
  });

  it('takes nobody for it who has the domain beside another one, and does not ask twice before a create', async () => {
    const { received, server, ctx } = await panel(({ query }) => ({
      body: query.domain ? yes({ acct: [{ ...account, domain: 'other.example' }] }) : no('Account does not exist'),
    }));
    expect(await cpanel.getAccount?.(active, server, ctx())).toBeNull();
    expect(await cpanel.getAccount?.(service, server, ctx())).toBeNull();
    expect(received).toHaveLength(3);
  });

  it('warns when a removed account left its domain behind, and does not fail for that', async () => {
    for (const [owner, warned] of [
      [yes({ user: 'acme' }), 1],
      [yes({ user: null }), 0],
      [no('Permission denied'), 0],
    ] as const) {
      const { warnings, server, ctx } = await panel(({ path }) => ({
        body: path.endsWith('getdomainowner') ? owner : yes(),
      }));
      expect(await cpanel.terminate(active, server, ctx())).toBe(true);
      expect(warnings.filter((words) => /acme\.example.*left/.test(words))).toHaveLength(warned);
    }
  });
});

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

describe('settings', () => {
  const good = { hostname: 'Host.Example.com', accessHash: 'x' };
  it('fills in the usual', () => {
    expect(cpanel.configSchema.parse({ ...good, username: 'ROOT' })).toEqual({
      hostname: 'host.example.com',
      port: 2087,
      username: 'root',
      accessHash: 'x',
      useSsl: true,
    });
  });

  it.each([
    ['hostname', { hostname: 'https://host.example.com' }],
    ['hostname', { hostname: 'host.example.com:2087' }],
    ['port', { port: 2083 }],
    ['port', { port: 2086 }],
    ['port', { useSsl: false }],
    ['username', { username: 'a b' }],
    ['accessHash', { accessHash: '  ' }],
  ])('refuses a wrong %s: %j', (path, change) => {
    const issues = cpanel.configSchema.safeParse({ ...good, ...change }).error?.issues ?? [];
    expect(issues.map((issue) => issue.path[0])).toContain(path);
  });
});
