import { copyFileSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startSmtpCatcher } from '@/lib/testing/smtp-catcher';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { startSimulator } from '@/modules/sdk/simulator-host';
import { backup, restore } from '../../scripts/backup.mjs';
import { newDataFolder, removeFolder } from '../setup/demo';
import { secretFinder } from './testing/find-secret';
import { type Installation, startInstallation } from './testing/installation';
import { PanelClient } from './testing/panel-client';
import { askDatabase } from './testing/panel-database';

// Signs that change in URLs, JSON and base64: a scan that knows only the plain form would miss them.
const PLANTED = {
  adminPassword: `Grace's "admin"/pass+word=1 ${'%'}`,
  smtpPassword: 'smtp/pass+word=2&more',
  accountPassword: 'account/pass+word=3"x',
  customerPassword: 'customer/pass+word=4&x',
  sessionSecret: 'session/secret+of=32-characters-or-more',
  foreignLogin: 'foreign-login-5&token+of=somebody-else',
  quotedLogin: 'quoted-login-6&token+of=the-panel',
};

const SETTINGS = { NEXTAUTH_SECRET: PLANTED.sessionSecret };

let panel: Installation;
let simulator: Awaited<ReturnType<typeof startSimulator>>;
let smtp: Awaited<ReturnType<typeof startSmtpCatcher>>;
let admin: PanelClient;
let customerId: string;
let secrets: Record<string, string>;
const mailPasswords: string[] = [];

beforeAll(async () => {
  simulator = await startSimulator(pickaxeSimulator);
  smtp = await startSmtpCatcher({
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _session, answer) => {
      mailPasswords.push(password ?? '');
      answer(null, { user: username });
    },
  });
  panel = await startInstallation(newDataFolder(), {
    ...SETTINGS,
    LOG_LEVEL: 'debug',
    HYBLE_RETRY_DELAYS: '1,1,1,1',
    HYBLE_TIME_LIMIT_SECONDS: '3',
    HYBLE_MODULES: resolve(import.meta.dirname, 'modules/answers-password.mjs'),
    PLANTED_ACCOUNT_PASSWORD: PLANTED.accountPassword,
    PLANTED_FOREIGN_LOGIN: PLANTED.foreignLogin,
    PLANTED_QUOTED_LOGIN: PLANTED.quotedLogin,
    SMTP_URL: `smtp://mailer:${encodeURIComponent(PLANTED.smtpPassword)}@127.0.0.1:${smtp.port}`,
    OUTBOUND_ALLOW_LOOPBACK_PORTS: new URL(simulator.url).port,
  });
  const generated = JSON.parse(readFileSync(join(panel.folder, 'secrets.json'), 'utf8'));
  secrets = {
    ...PLANTED,
    serverApiKey: String(simulator.credentials.apiKey),
    inngestSigningKey: generated.inngestSigningKey.replace('signkey-prod-', ''),
    inngestEventKey: generated.inngestEventKey,
    databasePassword: generated.databasePassword,
    ...keysOf(JSON.parse(readFileSync(join(panel.folder, 'keys.json'), 'utf8'))),
  };
});

afterAll(async () => {
  await panel?.stop();
  await simulator?.stop();
  await smtp?.stop();
  if (panel) removeFolder(panel.folder);
});

/** Every long text of the key ring file, whatever its layout. */
function keysOf(ring: unknown, path = 'keyRing'): Record<string, string> {
  if (typeof ring === 'string') return ring.length >= 40 ? { [path]: ring } : {};
  if (typeof ring !== 'object' || ring === null) return {};
  return Object.assign({}, ...Object.entries(ring).map(([key, value]) => keysOf(value, `${path}.${key}`)));
}

async function settled(serviceId: string, wanted: string): Promise<void> {
  await vi.waitFor(
    async () => {
      const { operations } = await admin.query<{ operations: Array<{ state: string }> }>('services.get', {
        id: serviceId,
      });
      expect(operations[0]?.state).toBe(wanted);
    },
    { timeout: 30_000, interval: 100 },
  );
}

async function product(name: string, moduleSlug: string, config: Record<string, unknown>): Promise<string> {
  const { id: serverGroupId } = await admin.mutate<{ id: string }>('groups.create', { name });
  const place = { hostname: 'panel.example.com', ipAddress: '203.0.113.9', type: 'GAME', groupId: serverGroupId };
  await admin.mutate('servers.create', { ...place, name, moduleSlug, config });
  return (
    await admin.mutate<{ id: string }>('products.create', { name, moduleSlug, serverGroupId, sendPassword: true })
  ).id;
}

async function order(productId: string, domain: string): Promise<string> {
  return (await admin.mutate<{ id: string }>('services.create', { productId, customerId, domain })).id;
}

it('takes the planted secrets through everything that could spill them', async () => {
  const person = { name: 'Grace', email: 'grace@example.com', password: PLANTED.adminPassword };
  await new PanelClient(panel.url).mutate('users.createFirstAdmin', { ...person, code: panel.setupCode });
  admin = await new PanelClient(panel.url).signIn(person);
  await expect(
    new PanelClient(panel.url).signIn({ ...person, email: `${PLANTED.adminPassword}@example.com` }),
  ).rejects.toThrow('refused');
  const customer = { name: 'Ada', email: 'ada@example.com' };
  customerId = (await admin.mutate<{ id: string }>('customers.create', customer)).id;

  const pickaxe = await product('Pickaxe', 'pickaxe', simulator.credentials);
  for (const fault of ['http503', 'truncated', 'refused-by-panel'] as const) {
    simulator.fault({ op: 'create', fault, times: 1 });
    const serviceId = await order(pickaxe, `${fault}.example.com`);
    await settled(serviceId, fault === 'refused-by-panel' ? 'FAILED' : 'SUCCEEDED');
  }
  const serviceId = await order(pickaxe, 'password.example.com');
  await settled(serviceId, 'SUCCEEDED');
  for (const fault of ['http503', 'hang-after'] as const) {
    simulator.fault({ op: 'password', fault, times: 1 });
    await admin.mutate('services.changePassword', { id: serviceId, password: PLANTED.customerPassword });
    await settled(serviceId, 'SUCCEEDED');
  }
  const tooLong = { id: serviceId, password: PLANTED.customerPassword.repeat(20) };
  expect((await admin.call('mutation', 'services.changePassword', tooLong)).status).toBe(400);

  const answering = await product('Answering', 'answers-password', { key: String(simulator.credentials.apiKey) });
  const [foreign, quoted] = [
    await order(answering, 'answered.example.com'),
    await order(answering, 'quoted.example.com'),
  ];
  for (const id of [foreign, quoted]) await settled(id, 'SUCCEEDED');
  const wrongKey = { ...simulator.credentials, apiKey: `${String(simulator.credentials.apiKey)}x` };
  await settled(await order(await product('Wrong key', 'pickaxe', wrongKey), 'wrong.example.com'), 'WAITING');

  await secretsShownOnce(serviceId);
  await panelLinks({ serviceId, foreign, quoted });
  // Where they belong they did arrive: otherwise nothing below would prove anything.
  await vi.waitFor(
    () => {
      expect(smtp.mails.filter(({ text }) => text?.includes(PLANTED.accountPassword))).toHaveLength(2);
      expect(new Set(mailPasswords)).toEqual(new Set([PLANTED.smtpPassword]));
    },
    { timeout: 20_000, interval: 100 },
  );
});

/** Made by the program and shown once, to whoever asked for them. */
async function secretsShownOnce(serviceId: string): Promise<void> {
  const scopes = ['services:read'];
  const { key } = await admin.mutate<{ key: string }>('apiKeys.create', { name: 'Billing', scopes, expiresInDays: 30 });
  const headers = { authorization: `Bearer ${key}` };
  expect((await new PanelClient(panel.url).fetch('/api/trpc/services.list', { headers })).status).toBe(200);
  const { url } = await admin.mutate<{ url: string }>('sso.createCode', { serviceId });
  const { setUpKey } = await admin.mutate<{ setUpKey: string }>('twoFactor.begin', {});
  Object.assign(secrets, { apiKey: key, loginCode: url.split('#')[1], phoneSecret: setUpKey });
}

/** Where a login form leads, as a browser that follows it would see. */
async function loginBy(path: string, fields: Record<string, string>, client = admin): Promise<string> {
  const body = new URLSearchParams(fields);
  const answer = await client.fetch(path, { method: 'POST', body, headers: { origin: panel.url } });
  expect(answer.status, path).toBe(303);
  return answer.headers.get('location') ?? '';
}

/** Every way into a panel, and the ways that end before it: links are as good as passwords until they are used. */
async function panelLinks({ serviceId, foreign, quoted }: Record<'serviceId' | 'foreign' | 'quoted', string>) {
  const reason = 'Ticket 4711';
  const { items } = await admin.query<{ items: { id: string; name: string }[] }>('servers.list');
  const serverId = items.find(({ name }) => name === 'Pickaxe')?.id;
  const code = (await admin.mutate<{ url: string }>('sso.createCode', { serviceId })).url.split('#')[1] ?? '';
  const links = {
    staffLogin: await loginBy(`/sso/${serviceId}`, { reason }),
    serverLogin: await loginBy(`/sso/server/${serverId}`, { reason }),
    codeLogin: await loginBy('/sso/code', { code }, new PanelClient(panel.url)),
  };
  for (const [name, link] of Object.entries(links)) {
    expect(link).toMatch(/\/login\/[\w-]{20,}$/);
    secrets[name] = link.split('/').at(-1) ?? '';
  }
  secrets.spentCode = code;
  expect(await loginBy(`/sso/${foreign}`, { reason })).toBe(`/services/${foreign}?login=foreign-host`);
  expect(await loginBy(`/sso/${quoted}`, { reason })).toBe(`/services/${quoted}?login=no-answer`);
}

/** Answers that hold a secret because somebody asked for just that. */
const SHOWN_ONCE = /^(apiKeys\.create|sso\.createCode|twoFactor\.begin): /;

/** All texts in a row: names and values of JSON columns too, each as it is and not as some output format escapes it. */
function textsOf(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [String(value)];
  return Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)]);
}

/** Every row of every table of ours as text. Sealed columns are not left out: sealed, they match no form either. */
async function everyRow(): Promise<{ tables: number; rows: string[] }> {
  const tables = await askDatabase<{ schema: string; name: string }>(
    panel.folder,
    `select table_schema as schema, table_name as name from information_schema.tables
      where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
  );
  expect(new Set(tables.map(({ schema }) => schema))).toEqual(new Set(['public', 'executor']));
  const rows: string[] = [];
  for (const { schema, name } of tables) {
    const found = await askDatabase<{ row: unknown }>(
      panel.folder,
      `select to_jsonb(t) as row from "${schema}"."${name}" t`,
    );
    rows.push(...found.map(({ row }) => `${schema}.${name}: ${textsOf(row).join('\n')}`));
  }
  return { tables: tables.length, rows };
}

it('none of them stands in any row of the database, in any form', async () => {
  expect(Object.keys(secrets).length).toBeGreaterThanOrEqual(12);
  const { tables, rows } = await everyRow();
  const secretsIn = secretFinder(secrets);
  const found = rows.flatMap((row) => secretsIn(row).map((name) => `${name} in ${row.slice(0, 60)}`));
  expect(found).toEqual([]);
  console.log(`${Object.keys(secrets).length} secrets, ${tables} tables, ${rows.length} rows: 0 hits`);
});

it('the search finds what is there, also inside base64 and hex', async () => {
  // Not one of the planted: what was written here stays in the files of the database after it was deleted.
  const canary = { adminPassword: `Canary's "word"/with+signs=1 ${'%'}` };
  const { adminPassword } = canary;
  const secretsIn = secretFinder(canary);
  const text = Buffer.from(`before ${adminPassword} after`);
  const values = [text.toString('utf8'), text.toString('hex'), text.toString('base64'), text.toString('base64url')];
  for (const value of [...values, encodeURIComponent(adminPassword), JSON.stringify({ adminPassword })]) {
    await askDatabase(
      panel.folder,
      `insert into "Setting" ("key", "value", "updatedAt") values ('canary', $1, now())`,
      [JSON.stringify(value)],
    );
    const hits = (await everyRow()).rows.filter((row) => secretsIn(row).length > 0);
    await askDatabase(panel.folder, `delete from "Setting" where "key" = 'canary'`);
    expect(hits).toHaveLength(1);
  }
});

it('none of them stands in what the program and its children have written, with debug logging', () => {
  const output = panel.output();
  // The retries above are told of by the executor and by the web process: both were listened to.
  expect(output).toContain('"name":"executor"');
  expect(output).toContain('RetryAfterError');
  expect(secretFinder(secrets)(output)).toEqual([]);
  console.log(`${(output.length / 1024).toFixed(0)} kB of output: 0 hits`);
});

it('none of them stands in any answer, or in any mail but the one that brings it', async () => {
  for (const path of [
    'services.list',
    'operations.list',
    'servers.list',
    'audit.list',
    'emails.list',
    'apiKeys.list',
  ]) {
    await admin.query(path);
  }
  const answers = admin.heard.filter((text) => !SHOWN_ONCE.test(text));
  expect(answers.length).toBeGreaterThan(30);
  const inAnswers = secretFinder(secrets);
  expect(answers.flatMap((text) => inAnswers(text).map((name) => `${name} in ${text.slice(0, 60)}`))).toEqual([]);
  const { accountPassword: _brought, ...others } = secrets;
  const inMails = secretFinder(others);
  expect(smtp.mails.flatMap(({ text }) => inMails(text ?? ''))).toEqual([]);
  console.log(`${answers.length} answers, ${smtp.mails.length} mails: 0 hits`);
});

const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

it('a backup without its keys is of no use, with them it is an installation', async () => {
  await panel.stop();
  const [copies, other] = [newDataFolder(), newDataFolder()];
  try {
    const copy = join(copies, 'monday');
    await backup({ folder: panel.folder, target: copy, log: () => {} });
    const database = filesIn(join(copy, 'pg'));
    const secretsIn = secretFinder(secrets);
    const found = database.filter((path) => secretsIn(readFileSync(path, 'latin1')).length > 0);
    expect(found).toEqual([]);
    const keys = join(other, 'keys.json');
    rmSync(other, { recursive: true });
    await restore({ source: copy, folder: other, log: () => {} });
    rmSync(keys);
    // Nothing may come up that cannot open what it holds, and no new key may be made over it.
    await expect(startInstallation(other, SETTINGS, { hasAdministrator: true })).rejects.toThrow(
      /keys\.json.*it is not there/s,
    );
    expect(filesIn(other)).not.toContain(keys);
    copyFileSync(join(copy, 'keys.json'), keys);
    const again = await startInstallation(other, SETTINGS, { hasAdministrator: true });
    const { status } = await fetch(`${again.url}/api/health`);
    await again.stop();
    expect(status).toBe(200);
    console.log(`${database.length} files of the database: 0 hits`);
  } finally {
    for (const folder of [copies, other]) removeFolder(folder);
  }
}, 240_000);
