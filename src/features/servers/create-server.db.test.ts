import { beforeAll, describe, expect, it } from 'vitest';
import { systemContext } from '@/lib/context';
import { unseal } from '@/lib/crypto';
import { db } from '@/lib/db';
import { createCustomer } from '../customers/create-customer';
import { createCustomerInput } from '../customers/schema';
import { createGroup } from '../groups/create-group';
import { listGroups } from '../groups/queries';
import { createGroupInput } from '../groups/schema';
import { syncModules } from '../modules/sync-modules';
import { createProduct } from '../products/create-product';
import { getProduct } from '../products/queries';
import { createProductInput } from '../products/schema';
import { createServer } from './create-server';
import { getServerDetail } from './queries';
import { createServerInput } from './schema';
import { credentialsPlace } from './server-access';

const ctx = systemContext('test');
const config = { apiUrl: 'https://pickaxe.example.com/api/', apiKey: 'planted-Key-1', nodeId: 'node-1' };
let count = 0;
const server = (change: object = {}) =>
  createServerInput.parse({
    name: `Oak ${++count}`,
    hostname: 'oak.example.com',
    ipAddress: '192.0.2.7',
    type: 'GAME',
    moduleSlug: 'pickaxe',
    config,
    ...change,
  });

beforeAll(() => syncModules());

describe('adding a server', () => {
  it('seals its connection settings and shows the others', async () => {
    const { id } = await createServer(ctx, server({ maxAccounts: 20 }));
    const row = await db.server.findUniqueOrThrow({ where: { id } });
    const { sealed } = row.credentials as { sealed: string };
    expect(JSON.parse(await unseal(sealed, credentialsPlace(id)))).toEqual(config);
    expect(await getServerDetail(id)).toMatchObject({
      settings: { apiUrl: 'https://pickaxe.example.com/api', nodeId: 'node-1' },
      maxAccounts: 20,
      moduleSlug: 'pickaxe',
      held: null,
    });
    const tables = [row, await db.auditEntry.findMany({ where: { targetId: id } })];
    expect(JSON.stringify(tables, (_key, value) => (typeof value === 'bigint' ? String(value) : value))).not.toContain(
      'planted-Key-1',
    );
    expect(tables[1]).toHaveLength(1);
  });

  it.each([
    ['a missing setting', { config: { apiUrl: config.apiUrl, nodeId: 'n' } }, ['config', 'apiKey']],
    ['an address that is none', { config: { ...config, apiUrl: 'file:///etc/passwd' } }, ['config', 'apiUrl']],
    ['an unknown module', { moduleSlug: 'constructor' }, ['moduleSlug']],
    ['an unknown group', { groupId: '01890a5d-ac96-774b-bcce-b302099a8057' }, ['groupId']],
  ])('names the field for %s and adds nothing', async (_name, change, path) => {
    const before = await db.server.count();
    const refused = createServer(ctx, server(change));
    await expect(refused).rejects.toMatchObject({ code: 'BAD_INPUT', issues: [{ path }] });
    expect(await db.server.count()).toBe(before);
  });

  it('refuses a name that is taken', async () => {
    const input = server();
    await createServer(ctx, input);
    await expect(createServer(ctx, input)).rejects.toMatchObject({ issues: [{ path: ['name'] }] });
  });

  it.each([
    { accountCount: 5 },
    { heldAt: null },
    { credentials: {} },
    { maxAccounts: -1 },
    { maxAccounts: 1.5 },
    { ipAddress: '1.2.3' },
    { hostname: 'a b' },
  ])('has no input %j', (change) => {
    expect(() => server(change)).toThrow();
  });
});

describe('the other parts of a catalogue', () => {
  it('makes a group, and counts its room', async () => {
    const { id: groupId } = await createGroup(ctx, createGroupInput.parse({ name: 'Games' }));
    await createServer(ctx, server({ groupId, maxAccounts: 10 }));
    await createServer(ctx, server({ groupId, maxAccounts: 5 }));
    expect((await listGroups({ limit: 50 })).items).toMatchObject([
      { fillType: 'fill', servers: 2, used: 0, capacity: 15 },
    ]);
    await createServer(ctx, server({ groupId, maxAccounts: null }));
    expect((await listGroups({ limit: 50 })).items).toMatchObject([{ servers: 3, capacity: null }]);
    await expect(createGroup(ctx, { name: 'Games', fillType: 'fill' })).rejects.toMatchObject({
      issues: [{ path: ['name'] }],
    });
  });

  it('makes a product, judged by its module', async () => {
    const ram = { id: 'ram', label: 'Memory', unit: 'MB', min: 1024, max: 8192, step: 512, default: 2048 };
    const input = {
      name: 'Minecraft',
      moduleSlug: 'pickaxe',
      moduleSettings: { game: 'minecraft' },
      configOptions: [ram],
    };
    const { id } = await createProduct(ctx, createProductInput.parse(input));
    expect(await getProduct(id)).toMatchObject({
      moduleSlug: 'pickaxe',
      moduleSettings: { game: 'minecraft' },
      configOptions: [ram],
    });
    const wrong = createProductInput.parse({ ...input, moduleSettings: { game: '../etc' } });
    await expect(createProduct(ctx, wrong)).rejects.toMatchObject({ issues: [{ path: ['moduleSettings', 'game'] }] });
  });

  it.each([
    { min: 10, max: 5, default: 10 },
    { min: 0, max: 10, default: 11 },
    { min: 0, max: 10, step: 4, default: 5 },
  ])('refuses an option that cannot be chosen: %j', (option) => {
    const configOptions = [{ id: 'ram', label: 'Memory', ...option }];
    expect(() => createProductInput.parse({ name: 'x', moduleSlug: 'pickaxe', configOptions })).toThrow();
  });

  it('makes a customer once per reference', async () => {
    const input = createCustomerInput.parse({ name: 'Ayşe', email: 'AYSE@Example.com', externalRef: 'B-1' });
    const { id } = await createCustomer(ctx, input);
    expect(await db.customer.findUnique({ where: { id } })).toMatchObject({
      email: 'ayse@example.com',
      language: 'en',
    });
    await expect(createCustomer(ctx, input)).rejects.toMatchObject({ issues: [{ path: ['externalRef'] }] });
  });
});
