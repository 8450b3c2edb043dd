import { Prisma } from '@/generated/prisma/client';
import { db } from './db';
import { addKey, forgetKeys, type KeyRing, reloadKeyRing } from './key-ring';
import { keyIdOf, openWith, sealWith } from './sealed-box';

/** Every column that holds sealed values, as a whole or inside JSON. Rotation ends with a look for any that is not here. */
const SEALED_COLUMNS = [
  { table: 'Server', id: 'id', column: 'credentials', json: true },
  { table: 'Service', id: 'id', column: 'password', json: false },
  { table: 'Operation', id: 'id', column: 'input', json: true },
  { table: 'Operation', id: 'id', column: 'result', json: false },
  { table: 'TwoFactor', id: 'userId', column: 'secret', json: false },
] as const;
type SealedColumn = (typeof SEALED_COLUMNS)[number];

const BATCH = 500;
/** Setting that holds the new key's id while a rotation is under way. */
const BEGUN = 'keyRotation';
/** A compact JWE of ours: its header begins with alg, enc and kid, in this order. */
const JWE = /^eyJ[\w-]+\.\.[\w-]+\.[\w-]*\.[\w-]+$/;
const OURS = Buffer.from('{"alg":"dir","enc":"A256GCM","kid":"').toString('base64url');

export interface RotationProgress {
  /** Values that carry the new key by now, and values to carry it in the end. */
  done: number;
  total: number;
}

export interface Rotation {
  /** Id of the key that seals from now on. */
  current: string;
  /** An earlier rotation had been stopped half-way; it was gone on with instead of making another key. */
  resumed: boolean;
  resealed: number;
  /** Values that no key opens, left as they are: `table.column of id`. */
  unreadable: string[];
  /** Ids of the keys that nothing in the database needs any more. */
  old: string[];
}

/**
 * Seals every secret of the database with a new key, in batches, each value compared and set, so that it may run beside a
 * working program and may stop at any moment: what is not done yet opens with the old key, which stays in the file. A
 * rotation that was stopped is gone on with.
 */
export async function rotateKeys(onProgress: (progress: RotationProgress) => void): Promise<Rotation> {
  const found = await reloadKeyRing();
  const begun = await db.setting.findUnique({ where: { key: BEGUN } });
  const resumed = begun?.value === found.current;
  const ring = resumed ? found : await addKey();
  await db.setting.upsert({
    where: { key: BEGUN },
    create: { key: BEGUN, value: ring.current },
    update: { value: ring.current },
  });
  const total = await countOld(ring);
  const unreadable = new Set<string>();
  let resealed = 0;
  onProgress({ done: 0, total });
  // A program that began before may still write with the old key: again until a pass finds nothing.
  for (let moved = 1; moved > 0; ) {
    moved = 0;
    for (const column of SEALED_COLUMNS) {
      moved += await resealColumn(ring, column, unreadable, (count) => {
        resealed += count;
        onProgress({ done: resealed, total: Math.max(total, resealed) });
      });
    }
  }
  await db.setting.deleteMany({ where: { key: BEGUN } });
  return { current: ring.current, resumed, resealed, unreadable: [...unreadable], old: await retire(ring) };
}

/** Takes keys that nothing needs any more out of the key file. Backups of the database from before then cannot be opened. */
export async function forgetOldKeys(): Promise<string[]> {
  const ring = await reloadKeyRing();
  const old = await retire(ring);
  if (old.length > 0) await forgetKeys(old);
  return old;
}

async function resealColumn(
  ring: KeyRing,
  column: SealedColumn,
  unreadable: Set<string>,
  onBatch: (count: number) => void,
): Promise<number> {
  let moved = 0;
  for (let last = ''; ; ) {
    const rows = await oldRows(ring, column, last);
    const fresh = await Promise.all(rows.map((row) => resealRow(ring, column, row, unreadable)));
    const changed = fresh.filter((row) => row !== null);
    const count = changed.length > 0 ? await write(column, changed) : 0;
    moved += count;
    onBatch(count);
    if (rows.length < BATCH) return moved;
    last = rows.at(-1)?.id ?? last;
  }
}

interface Row {
  id: string;
  value: string;
}

const named = (name: string) => Prisma.raw(`"${name}"`);
const prefixOf = (ring: KeyRing) => kidPrefix(ring.current);
/** How every value begins that was sealed with this key: base64url without the letter that the next byte shares. */
const kidPrefix = (kid: string) =>
  Buffer.from(`{"alg":"dir","enc":"A256GCM","kid":"${kid}"`).toString('base64url').slice(0, -1);

async function oldRows(ring: KeyRing, { table, id, column }: SealedColumn, last: string): Promise<Row[]> {
  return db.$queryRaw<Row[]>`SELECT ${named(id)} AS "id", ${named(column)}::text AS "value" FROM ${named(table)}
    WHERE ${isOld(ring, column)} AND ${named(id)} > ${last} ORDER BY ${named(id)} LIMIT ${BATCH}`;
}

const isOld = (ring: KeyRing, column: string) =>
  Prisma.sql`${named(column)}::text LIKE ${`%${OURS.slice(0, -1)}%`} AND ${named(column)}::text NOT LIKE ${`%${prefixOf(ring)}%`}`;

async function countOld(ring: KeyRing): Promise<number> {
  let count = 0;
  for (const { table, column } of SEALED_COLUMNS) {
    const [row] = await db.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS "count" FROM ${named(table)}
      WHERE ${isOld(ring, column)}`;
    count += row?.count ?? 0;
  }
  return count;
}

async function resealRow(
  ring: KeyRing,
  { table, column, json }: SealedColumn,
  { id, value }: Row,
  unreadable: Set<string>,
): Promise<(Row & { old: string }) | null> {
  const reseal = async (sealed: string) =>
    sealWith(ring, await openWith(ring, sealed, { table, id, column }), { table, id, column });
  try {
    const fresh = json ? JSON.stringify(await mapSealed(JSON.parse(value), reseal)) : await reseal(value);
    return { id, value: fresh, old: value };
  } catch {
    unreadable.add(`${table}.${column} of ${id}`);
    return null;
  }
}

/** The same JSON value with every sealed text in it replaced. */
async function mapSealed(value: unknown, replace: (sealed: string) => Promise<string>): Promise<unknown> {
  if (typeof value === 'string') return JWE.test(value) && keyIdOf(value) !== null ? replace(value) : value;
  if (Array.isArray(value)) return Promise.all(value.map((item) => mapSealed(item, replace)));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(async ([name, field]) => [name, await mapSealed(field, replace)] as const);
  return Object.fromEntries(await Promise.all(fields));
}

/** Only what still is as it was read: a value that the program has changed meanwhile is newer than ours. */
async function write({ table, id, column, json }: SealedColumn, rows: Array<Row & { old: string }>): Promise<number> {
  const type = Prisma.raw(json ? 'jsonb' : 'text');
  return db.$executeRaw`UPDATE ${named(table)} AS t SET ${named(column)} = n."value"::${type}
    FROM unnest(${rows.map((row) => row.id)}::text[], ${rows.map((row) => row.old)}::text[],
      ${rows.map((row) => row.value)}::text[]) AS n("id", "old", "value")
    WHERE t.${named(id)} = n."id" AND t.${named(column)} = n."old"::${type}`;
}

/** Keys other than the current one that no value in any column of any table carries; a start no longer asks for them. */
async function retire(ring: KeyRing): Promise<string[]> {
  const unused: string[] = [];
  for (const kid of ring.keys.keys()) {
    if (kid === ring.current || (await isCarried(kid))) continue;
    await db.sealedCheck.deleteMany({ where: { kid } });
    unused.push(kid);
  }
  return unused;
}

async function isCarried(kid: string): Promise<boolean> {
  const columns = await db.$queryRaw<{ table: string; column: string }[]>`SELECT c."table_name" AS "table",
      c."column_name" AS "column" FROM information_schema.columns c JOIN information_schema.tables t
        ON t."table_schema" = c."table_schema" AND t."table_name" = c."table_name" AND t."table_type" = 'BASE TABLE'
    WHERE c."table_schema" = 'public' AND c."data_type" IN ('text', 'character varying', 'json', 'jsonb')
      AND c."table_name" <> 'SealedCheck' AND c."table_name" NOT LIKE '\\_%'`;
  for (const { table, column } of columns) {
    const [row] = await db.$queryRaw<{ found: boolean }[]>`SELECT EXISTS (SELECT 1 FROM ${named(table)}
      WHERE ${named(column)}::text LIKE ${`%${kidPrefix(kid)}%`}) AS "found"`;
    if (row?.found) return true;
  }
  return false;
}
