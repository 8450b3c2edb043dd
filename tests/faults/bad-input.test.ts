import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compactDecrypt } from 'jose';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PanelClient } from './testing/panel-client';
import { World } from './testing/world';

let world: World;
let product: string;
let customer: string;

beforeAll(async () => {
  world = await World.start({ HYBLE_CHECK_MINUTES: '60' });
  product = (await world.place('Bad input', [null])).productId;
  customer = world.customers[0] ?? '';
  // On a busy machine a check may miss and move a server: none while things are compared.
  await world.sql(`update "Server" set "nextCheckAt" = now() + interval '1 day'`);
  await vi.waitFor(
    async () => {
      const rows =
        await world.sql(`select 1 from executor.run where "status" = 'running' and "fn_id" like 'hyble-check-server%'
        union all select 1 from executor.event where "name" = 'server/check.requested' and "route_at" is not null`);
      if (rows.length > 0) throw new Error(`${rows.length} checks of servers are still under way`);
    },
    { timeout: 30_000, interval: 100 },
  );
});
afterAll(() => world?.end());

/** Written by the clock, whatever anybody asks for. */
const CLOCKWORK = [
  'AuditLink',
  'Heartbeat',
  'ServerCheck',
  'Session',
  'UsageDaily',
  'UsageLatest',
  'UsageRun',
  '_prisma_migrations',
];
const CLOCK_COLUMNS = [
  'infoAt',
  'insideBy',
  'insideSince',
  'lastCheckedAt',
  'lastSeenAt',
  'missCount',
  'nextCheckAt',
  'unknownCount',
  'updatedAt',
  'version',
];

/** A hash of the rows of every table that an order or a refusal could touch, under the name of the table. */
async function contents(): Promise<Record<string, string>> {
  const tables = await world.sql<{ name: string }>(
    `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'
      and table_name <> all($1) order by 1`,
    [CLOCKWORK],
  );
  const hashes: Record<string, string> = {};
  for (const { name } of tables) {
    const rows = await world.sql<{ row: string }>(
      `select (to_jsonb(t) - $1::text[])::text as row from "${name}" t order by 1`,
      [CLOCK_COLUMNS],
    );
    hashes[name] = createHash('sha256')
      .update(rows.map(({ row }) => row).join('\n'))
      .digest('hex');
  }
  return hashes;
}

const valid = () => ({ productId: product, customerId: customer, domain: 'fine.example.com' });
const UNKNOWN = '01890a5d-ac96-774b-bcce-b302099a8057';

type Refusal = { name: string; input: () => Record<string, unknown>; field: string; status?: number };
const REFUSED: Refusal[] = [
  { name: 'an unknown product', input: () => ({ ...valid(), productId: UNKNOWN }), field: 'productId' },
  { name: 'an id that is none', input: () => ({ ...valid(), productId: "1' or '1'='1" }), field: 'productId' },
  { name: 'an unknown customer', input: () => ({ ...valid(), customerId: UNKNOWN }), field: 'customerId' },
  { name: 'the id of a product as customer', input: () => ({ ...valid(), customerId: product }), field: 'customerId' },
  { name: 'no customer', input: () => ({ productId: product }), field: 'customerId' },
  {
    name: 'a domain of 300 characters',
    input: () => ({ ...valid(), domain: `${'a'.repeat(296)}.com` }),
    field: 'domain',
  },
  { name: 'a domain with a line break', input: () => ({ ...valid(), domain: 'a\r\nb.example.com' }), field: 'domain' },
  { name: 'a domain that is a path', input: () => ({ ...valid(), domain: '../../etc/passwd' }), field: 'domain' },
  {
    name: 'negative memory',
    input: () => ({ ...valid(), configOptions: [{ optionId: 'ram', quantity: -2048 }] }),
    field: 'configOptions',
  },
  {
    name: 'half a unit',
    input: () => ({ ...valid(), configOptions: [{ optionId: 'ram', quantity: 0.5 }] }),
    field: 'configOptions',
  },
  {
    name: 'an option the product does not have',
    input: () => ({ ...valid(), configOptions: [{ optionId: 'wings', quantity: 2 }] }),
    field: 'configOptions',
  },
  { name: 'an unknown field', input: () => ({ ...valid(), status: 'ACTIVE' }), field: 'status' },
  {
    name: 'a key with spaces',
    input: () => ({ ...valid(), idempotencyKey: 'with some spaces' }),
    field: 'idempotencyKey',
  },
];

describe('an order that cannot be', () => {
  it.each(REFUSED)('$name: 400 with the field named, and nothing changed', async ({ input, field }) => {
    const before = await contents();
    const { status, body } = await world.admin.call('mutation', 'services.create', input());
    expect(status).toBe(400);
    expect(body.error?.data.issues.map(({ path }) => path[0])).toContain(field);
    expect(body.error?.message.length).toBeGreaterThan(20);
    expect(await contents()).toEqual(before);
  });

  it('the hash sees a single order', async () => {
    const before = await contents();
    const { status } = await world.admin.call('mutation', 'services.create', valid());
    expect(status).toBe(200);
    expect(await contents()).not.toEqual(before);
  });
});

describe('a request that cannot be', () => {
  const post = (client: PanelClient, path: string, init: RequestInit) =>
    client.fetch(`/api/trpc/${path}`, { method: 'POST', ...init });
  const json = { 'content-type': 'application/json' };

  // The order above is still on its way to the panel: let it arrive before anything is compared.
  beforeAll(async () => {
    await vi.waitFor(
      async () => {
        const rows = await world.sql(`select 1 from "Operation" where "state" in ('QUEUED', 'RUNNING')
          union all select 1 from "EmailMessage" where "state" = 'QUEUED'`);
        if (rows.length > 0) throw new Error(`${rows.length} operations or mails are still under way`);
      },
      { timeout: 30_000, interval: 100 },
    );
  });

  const requests: Array<[string, number, () => Promise<Response>]> = [
    [
      'a form instead of JSON',
      415,
      () => post(world.admin, 'services.create', { body: new URLSearchParams({ productId: product }) }),
    ],
    ['a cut body', 400, () => post(world.admin, 'services.create', { headers: json, body: '{"productId": "' })],
    [
      'a batch of 500',
      400,
      () =>
        post(world.admin, `${Array(500).fill('services.create').join(',')}?batch=1`, {
          headers: json,
          body: JSON.stringify(Object.fromEntries(Array.from({ length: 500 }, (_, index) => [index, valid()]))),
        }),
    ],
    [
      'a body of a megabyte',
      413,
      () =>
        post(world.admin, 'services.create', {
          headers: json,
          body: JSON.stringify({ domain: 'a'.repeat(1024 * 1024) }),
        }),
    ],
    [
      'a page of another site',
      403,
      () =>
        post(world.admin, 'services.create', {
          headers: { ...json, origin: 'https://elsewhere.example' },
          body: JSON.stringify(valid()),
        }),
    ],
    [
      'nobody',
      401,
      () =>
        post(new PanelClient(world.demo.facts.url), 'services.create', {
          headers: json,
          body: JSON.stringify(valid()),
        }),
    ],
  ];

  it.each(requests)('%s: %i in words, and nothing changed', async (_name, status, send) => {
    const before = await contents();
    const response = await send();
    expect(response.status).toBe(status);
    const answer = await response.json();
    const error = Array.isArray(answer) ? answer[0].error : answer.error;
    expect(error.message).toMatch(/[a-z]+ [a-z]+/i);
    expect(error.message).not.toMatch(/prisma|stack|node_modules/i);
    expect(await contents()).toEqual(before);
  });

  it('a customer: 403 for an order, 404 for the service of somebody else', async () => {
    const client = await new PanelClient(world.demo.facts.url).signIn(world.demo.facts.customer);
    const before = await contents();
    expect((await client.call('mutation', 'services.create', valid())).status).toBe(403);
    const own = await client.query<{ items: Array<{ id: string }> }>('services.list');
    const all = await world.admin.query<{ items: Array<{ id: string }> }>('services.list', { limit: 100 });
    const foreign = all.items.filter(({ id }) => !own.items.some((service) => service.id === id));
    expect(foreign.length).toBeGreaterThan(0);
    for (const { id } of foreign) expect((await client.call('query', 'services.get', { id })).status).toBe(404);
    expect(await contents()).toEqual(before);
  });
});

it('every answer to a program says what it is, is kept nowhere, and is no page', async () => {
  const form = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'aaaa' };
  const calls: [path: string, status: number, init?: RequestInit][] = [
    ['/api/health', 200],
    ['/api/metrics', 401, { headers: { 'x-forwarded-for': '203.0.113.9' } }],
    ['/api/trpc/users.me', 401],
    ['/api/trpc/users.me', 415, form],
    ['/api/trpc/nothing.here', 404],
    ['/api/auth/session', 200],
    ['/api/auth/nothing', 400],
    ['/api/auth/signout', 302, form],
    ['/api/auth/signout', 413, { ...form, body: 'a'.repeat(20_000) }],
    ['/api/auth/signout', 415, { ...form, headers: { 'content-type': 'text/plain' } }],
    ['/api/inngest', 401],
    ['/api/inngest', 401, { method: 'PUT', body: '{}' }],
    ['/api/inngest', 405, { method: 'DELETE' }],
    ['/api/nothing', 404],
    ['/api/nothing', 404, form],
  ];
  const visitor = new PanelClient(world.demo.facts.url);
  for (const [path, status, init] of calls) {
    const answer = await visitor.fetch(path, init);
    const name = `${init?.method ?? 'GET'} ${path}`;
    expect([name, answer.status]).toEqual([name, status]);
    const { headers } = answer;
    const said = [headers.get('x-content-type-options'), headers.get('cache-control')];
    expect([name, ...said]).toEqual([name, 'nosniff', 'no-store']);
    expect(headers.get('content-type') ?? 'none').toMatch(/^(application\/json|text\/plain|none)/);
  }
});

it('the search for secrets finds what was left in a row, a log and an answer, in another form too', async () => {
  const { folder } = world.demo;
  const { nextAuthSecret } = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8'));
  const [server] = await world.sql<{ sealed: string }>(
    `select s."credentials"->>'sealed' as sealed from "Server" s join "ServerModule" m on m."id" = s."moduleId"
      where m."slug" = 'pickaxe' limit 1`,
  );
  const { keys } = JSON.parse(readFileSync(join(folder, 'keys.json'), 'utf8'));
  const [key = ''] = Object.values<string>(keys);
  const { plaintext } = await compactDecrypt(server?.sealed ?? '', Buffer.from(key, 'base64url'));
  const { apiKey } = JSON.parse(Buffer.from(plaintext).toString());
  const left = { nested: [Buffer.from(`x${nextAuthSecret}x`).toString('base64')] };
  await world.sql(`insert into "Setting" ("key", "value", "updatedAt") values ('left', $1, now())`, [
    JSON.stringify(left),
  ]);
  const log = join(folder, 'logs', 'left.log');
  writeFileSync(log, `called with ${Buffer.from(apiKey).toString('hex')}`);
  const cookie = Object.values(world.admin.cookies())[0] ?? '';
  world.admin.heard.push(`answer: ${encodeURIComponent(cookie)}`);
  try {
    const found = await world.scan().catch((error: Error) => error.message);
    expect(found).toMatch(/nextAuthSecret in a row of public\.Setting/);
    expect(found).toMatch(/\["Server",.*"credentials"\].* in left\.log/);
    expect(found).toMatch(/cookie .* in the answer/);
    expect(found).not.toContain(nextAuthSecret);
  } finally {
    world.admin.heard.pop();
    rmSync(log);
    await world.sql(`delete from "Setting" where "key" = 'left'`);
  }
  expect(await world.scan()).toMatch(/: 0 hits/);
});
