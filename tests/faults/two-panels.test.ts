import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { startSimulator } from '@/modules/sdk/simulator-host';
import { ensureDatabase, startPostgres } from '../../scripts/postgres.mjs';
import { scanForSecrets } from '../setup/canary-scan';
import { newDataFolder, removeFolder } from '../setup/demo';
import { childrenOf, isAlive } from '../setup/processes';
import { type Installation, startInstallation } from './testing/installation';
import { PanelClient } from './testing/panel-client';

// Two panels with an executor each, on one PostgreSQL, as docs/deploy.md has it. One of them is killed while both are busy.
// 500 orders on demand: HYBLE_TEST_ORDERS=500 npx vitest run --project faults tests/faults/two-panels
const ORDERS = Number(process.env.HYBLE_TEST_ORDERS ?? 120);
const KILL_AT = ORDERS * 0.3;
const PERSON = { name: 'Grace', email: 'grace@example.com', password: 'a long password of Grace' };

const SESSION_SECRET = 'the-same-on-both-panels-and-long-enough';

const folders = [newDataFolder(), newDataFolder(), newDataFolder()] as const;
let postgres: Awaited<ReturnType<typeof startPostgres>>;
let simulators: Awaited<ReturnType<typeof startSimulator>>[];
let sql: pg.Pool;
let first: Installation;
let second: Installation;
let admin: PanelClient;
let order: { productId: string; customerId: string };

beforeAll(async () => {
  const [shared, one, two] = folders;
  postgres = await startPostgres({ folder: shared, password: 'of-the-tests', port: undefined });
  await ensureDatabase(postgres.url('postgres'), 'hyble');
  simulators = await Promise.all([1, 2, 3, 4].map(() => startSimulator(pickaxeSimulator)));
  const settings = {
    DATABASE_URL: postgres.url('hyble'),
    HYBLE_KEY_RING: join(shared, 'keys.json'),
    NEXTAUTH_SECRET: SESSION_SECRET,
    HYBLE_PUBLIC_URL: 'http://panel.example.com', // both are the same place for the outside
    HYBLE_RETRY_DELAYS: '1,1,1,1',
    LOG_LEVEL: 'debug',
    HYBLE_TIME_LIMIT_SECONDS: '3',
    OUTBOUND_ALLOW_LOOPBACK_PORTS: simulators.map(({ url }) => new URL(url).port).join(','),
  };
  first = await startInstallation(one, settings);
  second = await startInstallation(two, settings);
  sql = new pg.Pool({ connectionString: postgres.url('hyble'), max: 2 });
  sql.on('error', () => undefined);
  await new PanelClient(first.url).mutate('users.createFirstAdmin', { ...PERSON, code: first.setupCode });
  admin = await new PanelClient(first.url).signIn(PERSON);
  order = await shop();
});

/** Nothing secret of both lies where it does not belong, also not of the one that was killed. */
async function scan(): Promise<string> {
  const [shared, folder] = folders;
  return scanForSecrets({
    folder,
    database: postgres.url('hyble'),
    keyRing: join(shared, 'keys.json'),
    logs: [first, second].map((panel) => ({ name: panel.url, text: panel.output() })),
    mails: [],
    heard: admin.heard,
    planted: {
      ...admin.cookies(),
      'password of staff': PERSON.password,
      'session secret': SESSION_SECRET,
      ...Object.fromEntries(
        simulators.map(({ credentials }, at) => [`key of panel ${at}`, String(credentials.apiKey)]),
      ),
    },
  });
}

afterAll(async () => {
  try {
    if (admin) console.log(await scan());
  } finally {
    await Promise.all([first?.stop(), second?.stop()]);
    await sql?.end();
    await Promise.all(simulators?.map((simulator) => simulator.stop()) ?? []);
    await postgres?.stop();
    for (const folder of folders) removeFolder(folder);
  }
});

async function shop() {
  const { id: groupId } = await admin.mutate<{ id: string }>('groups.create', { name: 'Both' });
  for (const [index, { credentials }] of simulators.entries()) {
    const place = {
      hostname: `p${index}.example.com`,
      ipAddress: '203.0.113.9',
      type: 'GAME',
      groupId,
      maxParallel: 8,
    };
    await admin.mutate('servers.create', { ...place, name: `P${index}`, moduleSlug: 'pickaxe', config: credentials });
  }
  const wish = { name: 'Game', moduleSlug: 'pickaxe', serverGroupId: groupId, moduleSettings: { game: 'minecraft' } };
  const { id: productId } = await admin.mutate<{ id: string }>('products.create', wish);
  const { id: customerId } = await admin.mutate<{ id: string }>('customers.create', {
    name: 'Ada',
    email: 'ada@example.com',
  });
  return { productId, customerId };
}

/** The same session at the other panel. */
function at(panel: Installation): PanelClient {
  return admin.movedTo(panel.url);
}

const count = async (text: string): Promise<number> => (await sql.query<{ n: number }>(text)).rows[0]?.n ?? 0;
const active = () => count(`select count(*)::int as n from "Service" where "status" = 'ACTIVE'`);

async function killAll(pid: number): Promise<void> {
  const family = (each: number): number[] => [each, ...childrenOf(each).flatMap((child) => family(child.pid))];
  const pids = family(pid);
  for (const each of pids) if (isAlive(each)) process.kill(each, 'SIGKILL');
  await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 10_000, interval: 50 });
}

it('shares sessions: what signs in at one is signed in at the other, and out at both', async () => {
  const visitor = await new PanelClient(second.url).signIn(PERSON);
  const elsewhere = visitor.movedTo(first.url);
  expect((await elsewhere.call('query', 'dashboard.get', {})).status).toBe(200);
  const [own] = await elsewhere.query<{ id: string }[]>('users.sessions'); // the newest first
  await elsewhere.mutate('users.revokeSession', { id: own?.id });
  expect((await visitor.call('query', 'dashboard.get', {})).status).toBe(401);
});

it(`makes ${ORDERS} provisions, each exactly once, though one panel is killed while both are busy`, {
  timeout: 300_000,
}, async () => {
  const panels = [at(first), at(second)];
  let next = 0;
  // A shop sends an order again, with its key, when the panel that took it is gone.
  const place = async (n: number): Promise<void> => {
    const wish = { ...order, domain: `o${n}.two.example.com`, idempotencyKey: `two-panels-${n}` };
    for (let tries = 0; ; tries += 1) {
      try {
        await panels[(n + tries) % panels.length]?.mutate('services.create', wish);
        return;
      } catch (error) {
        if (tries >= 5) throw error;
      }
    }
  };
  const shopper = async () => {
    while (next < ORDERS) {
      next += 1;
      await place(next);
    }
  };
  const began = Date.now();
  const shopping = Promise.all(Array.from({ length: 6 }, shopper));
  await vi.waitFor(async () => expect(await active()).toBeGreaterThan(KILL_AT), { timeout: 120_000, interval: 50 });
  const owners = await count('select count(distinct "owner")::int as n from executor.process');
  await killAll(second.pid);
  // The calls that its web process had under way are lost; nobody needs to wait for their leases to end.
  await sql.query(`with aged as (update "Operation" set "leaseUntil" = now() - interval '1 second', "nextTryAt" = case when "state" = 'WAITING' then now() else "nextTryAt" end
      where "id" in (select "operationId" from "OperationAttempt" where "endedAt" is null) returning "id")
    update "PanelSlot" set "leaseUntil" = now() - interval '1 second' where "operationId" in (select "id" from aged)`);
  await shopping;
  await vi.waitFor(async () => expect(await active()).toBe(ORDERS), { timeout: 150_000, interval: 100 });
  console.log(
    `${ORDERS} provisions by two panels, one killed: all ACTIVE after ${Math.round((Date.now() - began) / 1000)} s`,
  );

  expect(owners).toBe(2);
  const accounts = simulators.flatMap((simulator) => simulator.state().accounts.map(({ externalId }) => externalId));
  expect(new Set(accounts).size).toBe(ORDERS);
  expect(accounts).toHaveLength(ORDERS);
  expect(await count('select count(*)::int as n from "Service"')).toBe(ORDERS);
  expect(await count(`select count(*)::int as n from "Placement" where "releasedAt" is null`)).toBe(ORDERS);
  expect(await count(`select sum("accountCount")::int as n from "Server"`)).toBe(ORDERS);
  expect(await count(`select count(*)::int as n from "EmailMessage" where "template" = 'welcome'`)).toBe(ORDERS);
  // One fire of a cron is one run, however many executors see it.
  expect(
    await count(`select count(*)::int as n from (select 1 from executor.run where "fn_id" = 'hyble-heartbeat'
      group by "event"->'data'->>'scheduledAt' having count(*) > 1) twice`),
  ).toBe(0);
});
