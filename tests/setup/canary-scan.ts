import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compactDecrypt, decodeProtectedHeader } from 'jose';
import pg from 'pg';
import { secretFinder } from '../faults/testing/find-secret';
import { databaseUrl } from '../faults/testing/panel-database';
import type { DemoFacts } from './demo';

interface Row {
  table: string;
  /** Names and values, JSON columns taken apart, each text as it is. */
  texts: string[];
  json: unknown;
}

/** A running copy of the program, and everything that it said to anybody. */
export interface Scanned {
  /** Its data folder: what it made for itself at its first start lies there. */
  folder: string;
  /** Where they are not in the data folder. */
  database?: string;
  keyRing?: string;
  logs: readonly { name: string; text: string }[];
  mails: readonly Mail[];
  /** Answers to calls, but for those that hold a secret because somebody asked for just that. */
  heard: readonly string[];
  /** What the tests themselves typed or carried: passwords, cookies, keys. */
  planted: Record<string, string>;
}

export interface Mail {
  subject: string;
  text: string;
  html: string;
}

const textsOf = (value: unknown): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => [key, ...textsOf(inner)])
    : [String(value)];

async function everyRow(connectionString: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    const tables = await client.query<{ schema: string; name: string }>(
      `select table_schema as schema, table_name as name from information_schema.tables
        where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog', 'information_schema')`,
    );
    const rows: Row[] = [];
    for (const { schema, name } of tables.rows) {
      const found = await client.query<{ row: unknown }>(`select to_jsonb(t) as row from "${schema}"."${name}" t`);
      rows.push(...found.rows.map(({ row }) => ({ table: `${schema}.${name}`, texts: textsOf(row), json: row })));
    }
    return rows;
  } finally {
    await client.end();
  }
}

const SEALED = /^eyJ[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+$/;
const SECRET_FIELD = /pass|secret|token|key|hash/i;
/** Shorter ones would be found in words that nobody wrote for them. */
const SHORTEST = 10;

/** Everything secret that was ever sealed in these rows, by where it lies: opened with the key ring, as a thief would like to. */
async function openAll(rows: Row[], keys: Record<string, string>): Promise<Record<string, string>> {
  const secrets: Record<string, string> = {};
  for (const { table, texts } of rows.filter(({ table }) => !table.endsWith('.SealedCheck'))) {
    for (const sealed of texts.filter((text) => SEALED.test(text))) {
      const { kid = '', ctx } = decodeProtectedHeader(sealed);
      const key = keys[kid];
      if (key === undefined) throw new Error(`${table} holds a value under the key ${kid}, which is not in the ring`);
      const plain = Buffer.from((await compactDecrypt(sealed, Buffer.from(key, 'base64url'))).plaintext).toString();
      const open = new Set(texts);
      const place = typeof ctx === 'string' ? ctx : table;
      for (const [field, secret] of secretFields(plain)) {
        if (secret.length >= SHORTEST && !open.has(secret)) secrets[`${place}${field}`] = secret;
      }
    }
  }
  return secrets;
}

/** Of sealed settings the secret ones; any other sealed text is one as a whole. */
function secretFields(plain: string, path = ''): [field: string, secret: string][] {
  const value = plain.startsWith('{') ? JSON.parse(plain) : plain;
  if (typeof value === 'string') return [['', value]];
  const inside = (given: unknown, at: string): [string, string][] => {
    if (typeof given === 'string') return SECRET_FIELD.test(at) ? [[at, given]] : [];
    return Object.entries(given ?? {}).flatMap(([name, inner]) => inside(inner, `${at}.${name}`));
  };
  return inside(value, path);
}

const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'));

/** What an installation makes for itself at its first start. */
function installationSecrets(folder: string, keys: Record<string, string>): Record<string, string> {
  const made = read(join(folder, 'secrets.json')) as Record<string, string>;
  return {
    ...Object.fromEntries(Object.entries(made).map(([name, one]) => [name, one.replace(/^signkey-prod-/, '')])),
    ...Object.fromEntries(Object.entries(keys).map(([kid, key]) => [`key ${kid}`, key])),
  };
}

/** Products may say that a welcome mail brings the password. */
const isMailed = (rows: Row[]) => {
  const open = (name: string) =>
    rows.filter(({ table }) => table === `public.${name}`).map(({ json }) => json as Record<string, unknown>);
  const sending = new Set(open('Product').flatMap(({ id, sendPassword }) => (sendPassword ? [id] : [])));
  const services = new Set(open('Service').flatMap(({ id, productId }) => (sending.has(productId) ? [id] : [])));
  return (name: string) => {
    const [table, id] = name.startsWith('["') ? (JSON.parse(name) as string[]) : [];
    return table === 'Service' && services.has(id);
  };
};

/**
 * Looks for every secret of a running copy where none may be: logs, rows of all tables (steps and events of the executor
 * among them), mails, answers. Throws with the names and places of what it found, never the secret; answers with what it
 * has gone through.
 */
export async function scanForSecrets(scanned: Scanned): Promise<string> {
  const { folder, database, keyRing, logs, mails, heard, planted } = scanned;
  const began = Date.now();
  const rows = await everyRow(database ?? databaseUrl(folder));
  const { keys } = read(keyRing ?? join(folder, 'keys.json')) as { keys: Record<string, string> };
  const sealed = await openAll(rows, keys);
  // As good as a password until it is used; the mail is where it belongs.
  const links = mails.flatMap(({ text }) => [...text.matchAll(/#([\w-]{43})(?![\w-])/g)].map(([, code]) => code));
  const others = { ...installationSecrets(folder, keys), ...planted };
  const mailed = Object.fromEntries(links.map((code, index) => [`mailed link ${index + 1}`, code ?? '']));
  const secretsIn = secretFinder({ ...sealed, ...others, ...mailed });
  const mayBeMailed = isMailed(rows);
  const secretsInMail = secretFinder({ ...sealed, ...others });
  const hits = [
    ...rows.flatMap(({ table, texts }) => secretsIn(texts.join('\n')).map((name) => `${name} in a row of ${table}`)),
    ...logs.flatMap(({ name: log, text }) => secretsIn(text).map((name) => `${name} in ${log}`)),
    ...heard.flatMap((text) => secretsIn(text).map((name) => `${name} in the answer ${text.split(':')[0]}`)),
    ...mails.flatMap(({ subject, text, html }) =>
      secretsInMail(`${subject}\n${text}\n${html}`)
        .filter((name) => !mayBeMailed(name))
        .map((name) => `${name} in the mail "${subject}"`),
    ),
  ];
  const size = logs.reduce((sum, { text }) => sum + text.length, 0);
  const all = Object.keys({ ...sealed, ...others, ...mailed }).length;
  const summary =
    `${all} secrets, ${rows.length} rows, ${(size / 1024).toFixed(0)} kB of logs, ${heard.length} answers, ` +
    `${mails.length} mails: ${hits.length} hits (${Date.now() - began} ms)`;
  if (all < 12) throw new Error(`Only ${summary}: the scan has not seen what it should.`);
  if (hits.length > 0) throw new Error(`${summary}\n${[...new Set(hits)].slice(0, 40).join('\n')}`);
  return summary;
}

/** Calls whose answers hold a secret because somebody asked for just that. */
export const SHOWN_ONCE = /apiKeys\.create|sso\.createCode|twoFactor\.(begin|confirm|renewCodes)|revealPassword/;

/** The same for a demo, which writes its logs into files and has a mailbox of its own. */
export async function scanDemo(
  demo: { folder: string; facts: DemoFacts },
  { heard, planted }: Pick<Scanned, 'heard' | 'planted'>,
): Promise<string> {
  const { folder, facts } = demo;
  const mails: Mail[] = await (await fetch(`${facts.mailbox}/email`)).json();
  const logs = readdirSync(join(folder, 'logs')).map((name) => ({
    name,
    text: readFileSync(join(folder, 'logs', name), 'utf8'),
  }));
  const people = { 'password of staff': facts.admin.password, 'password of a customer': facts.customer.password };
  return scanForSecrets({ folder, logs, mails, heard, planted: { ...planted, ...people } });
}
