import { describe, expect, it } from 'vitest';
import type { ModuleService } from '@/modules/sdk/contract';
import created from './fixtures/create-account.json';
import cpanel from './index';
import { active, no, panel, service, yes } from './testing/panel';

describe('create', () => {
  it('sends the documented form, nothing in the address, and reads both forms of the answer', async () => {
    for (const body of [created.answer, created.legacyAnswer]) {
      const { received, warnings, server, ctx } = await panel({ body });
      expect(await cpanel.create(service, server, ctx())).toEqual(created.result);
      expect(received).toEqual([{ ...created.request, query: {} }]);
      expect(warnings).toEqual([]);
    }
  });

  it('names the address of the account only where it is another one than the server shows', async () => {
    const { server, ctx } = await panel({ body: created.answer });
    const shared = { ...server, ipAddress: '203.0.113.10' };
    expect((await cpanel.create(service, shared, ctx())).additionalData).toEqual({});
    const dedicated = { ...service.product, moduleSettings: { plan: 'starter', ip: 'dedicated' } };
    expect(await cpanel.create({ ...service, product: dedicated }, server, ctx())).toMatchObject({
      dedicatedIp: '203.0.113.10',
      additionalData: {},
    });
  });

  it('gives the ordered package where WHM quietly took another one', async () => {
    const { received, warnings, server, ctx } = await panel(({ path, form }) => ({
      body: path.endsWith('createacct')
        ? yes({ ip: '203.0.113.10', package: 'default' })
        : form.pkg === 'reseller_starter'
          ? yes()
          : no('Specified package does not exist.'),
    }));
    await cpanel.create(service, server, ctx());
    expect(received.map(({ form }) => form.plan ?? form.pkg)).toEqual(['starter', 'starter', 'reseller_starter']);
    expect(warnings).toEqual([]);
  });

  it('warns where it cannot, and shows what a success refused', async () => {
    const body = yes(
      { ip: '203.0.113.10', package: 'default' },
      { output: { warnings: ['(XID abc123) Not <b>all</b> of it.'] } },
    );
    const { warnings, server, ctx } = await panel(({ path }) => ({
      body: path.endsWith('createacct') ? body : no('Specified package does not exist.'),
    }));
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
