import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openServer } from '@/features/servers/server-access';
import { db } from '@/lib/db';
import { makeServerModule } from '../factories/server-module';
import { seedCatalogue } from './catalogue';
import { seedDefinition } from './definitions';
import * as orders from './orders';
import { SAMPLE_CUSTOMERS, seedCustomers, seedStaff } from './people';
import { type RunningSimulator, readDemoSettings } from './read-demo-settings';

// The executor's address is read when the client is made, so it has to be there before anything is imported.
const intake = await vi.hoisted(async () => (await import('@/lib/testing/event-intake')).startEventIntake());

const admin = { email: 'admin@demo.example', password: 'a-password-for-the-demo' };
const customer = { email: 'customer@demo.example', password: 'another-for-the-demo' };
const simulators: RunningSimulator[] = [1, 2].map((number) => ({
  slug: 'pickaxe',
  name: `gs${number}`,
  url: `http://127.0.0.1:${40_000 + number}`,
  credentials: { apiUrl: `http://127.0.0.1:${40_000 + number}`, apiKey: 'canary-key', nodeId: 'node-1' },
}));
simulators.push({
  slug: 'cpanel',
  name: 'web1',
  url: 'http://127.0.0.1:40003',
  credentials: { hostname: '127.0.0.1', port: 40_003, username: 'root', accessHash: 'canary-hash', useSsl: false },
});

beforeAll(async () => {
  await makeServerModule({ slug: 'pickaxe', name: 'Pickaxe' });
  await makeServerModule({ slug: 'cpanel', name: 'cPanel/WHM' });
});
afterAll(() => intake.stop());

async function seed(): Promise<string[]> {
  const ctx = await seedStaff(admin);
  const customers = await seedCustomers(ctx, customer);
  await seedDefinition(ctx);
  return orders.orderServices(ctx, customers, await seedCatalogue(ctx, simulators));
}

describe('the sample data', () => {
  it('is the same after a second run', async () => {
    const services = await seed();
    const count = async () => ({
      users: await db.user.count(),
      customers: await db.customer.count(),
      servers: await db.server.count(),
      groups: await db.serverGroup.count(),
      definitions: await db.serverModule.count({ where: { definitionVersion: { not: null } } }),
      products: await db.product.count(),
      services: await db.service.count(),
    });
    const first = await count();
    expect(first).toEqual({
      users: 3,
      customers: 1 + SAMPLE_CUSTOMERS.length,
      servers: 3,
      groups: 2,
      definitions: 1,
      products: 5,
      services: services.length,
    });
    expect(await seed()).toEqual(services);
    expect(await count()).toEqual(first);
  });

  it('tells the executor of every order, once', async () => {
    await seed();
    const operations = await db.operation.findMany({ select: { id: true } });
    expect(intake.events.map(({ name, id }) => [name, id]).sort()).toEqual(
      operations.map(({ id }) => ['operation/create.requested', `${id}:1`]).sort(),
    );
  });

  it('gives the servers the settings of the simulators, sealed', async () => {
    await seed();
    const servers = await db.server.findMany({ orderBy: { createdAt: 'asc' } });
    expect(JSON.stringify(servers.map((server) => server.credentials))).not.toContain('canary');
    const opened = await Promise.all(servers.map(({ id }) => openServer(id)));
    expect(opened.map(({ server }) => server.credentials)).toEqual(simulators.map(({ credentials }) => credentials));
  });

  it('says which services are not set up in time', async () => {
    const services = await seed();
    await expect(orders.waitUntilActive(services, 300)).rejects.toThrow(/8 sample services are not set up.*QUEUED/s);
    await db.service.updateMany({ data: { status: 'FAILED' } });
    await expect(orders.waitUntilActive(services, 300)).rejects.toThrow(/FAILED/);
  });
});

describe('the settings of the demo', () => {
  it('are refused outside a demo, and named when missing', () => {
    expect(() => readDemoSettings({ HYBLE_MODE: 'production', NODE_ENV: 'test' })).toThrow('npm run demo');
    expect(() => readDemoSettings({ HYBLE_MODE: 'demo', NODE_ENV: 'test' })).toThrow(
      'HYBLE_DEMO_SIMULATORS is missing',
    );
  });
});
