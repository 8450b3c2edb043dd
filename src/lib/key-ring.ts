import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import { env } from '@/env';
import { db } from './db';
import { logger } from './logger';
import { type KeyRing, openWith, sealWith } from './sealed-box';

export type { KeyRing } from './sealed-box';

const KEY_BYTES = 32;
const KNOWN_WORD = 'this key opens what this database holds';

const keyFile = z.strictObject({
  current: z.string().min(1),
  /** Key id -> 256 bits in base64url. */
  keys: z.record(z.string().min(1), z.base64url()),
});

interface ReadRing extends KeyRing {
  /** When the file was last changed, as it was when it was read. */
  readAt: number;
}

// One ring per process, however often the module is loaded.
const shared = globalThis as unknown as { hybleKeyRing?: Promise<ReadRing> | undefined };

export function keyRingPath(): string {
  return resolve(env.HYBLE_KEY_RING ?? join(env.HYBLE_DATA_DIR, 'keys.json'));
}

/** The key ring of this process; read, created or refused at first use. */
export function loadKeyRing(): Promise<ReadRing> {
  shared.hybleKeyRing ??= openKeyRing().catch((error: unknown) => {
    shared.hybleKeyRing = undefined;
    throw error;
  });
  return shared.hybleKeyRing;
}

/** The ring to seal with: what another process has made current since this one read the file counts at once. */
export async function freshKeyRing(): Promise<KeyRing> {
  const ring = await loadKeyRing();
  const { mtimeMs } = await stat(keyRingPath()).catch(() => ({ mtimeMs: ring.readAt }));
  return mtimeMs === ring.readAt ? ring : reloadKeyRing();
}

/** Makes a new key and the ring's current one. The others stay, to open what they sealed. */
export async function addKey(): Promise<KeyRing> {
  const { keys } = await loadKeyRing();
  const current = randomBytes(6).toString('hex');
  return replaceFile(current, new Map([...keys, [current, new Uint8Array(randomBytes(KEY_BYTES))]]));
}

/** Takes keys out of the file; the current one stays whatever is asked. */
export async function forgetKeys(kids: readonly string[]): Promise<KeyRing> {
  const { current, keys } = await loadKeyRing();
  return replaceFile(current, new Map([...keys].filter(([kid]) => kid === current || !kids.includes(kid))));
}

/** Whole or not at all, and on the disk before anything is sealed with it. */
async function replaceFile(current: string, keys: ReadonlyMap<string, Uint8Array>): Promise<KeyRing> {
  const path = keyRingPath();
  const draft = await writeDraft(path, current, keys);
  await rename(draft, path);
  return reloadKeyRing();
}

async function writeDraft(path: string, current: string, keys: ReadonlyMap<string, Uint8Array>): Promise<string> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  const inText = [...keys].map(([kid, key]) => [kid, Buffer.from(key).toString('base64url')]);
  const text = `${JSON.stringify({ current, keys: Object.fromEntries(inText) }, null, 2)}\n`;
  await writeFile(draft, text, { mode: 0o600, flag: 'wx', flush: true });
  return draft;
}

/** Called at start, so that a missing or wrong key file stops the start and not the first order. */
export async function ensureKeyRing(): Promise<void> {
  await loadKeyRing();
}

/** Reads the file again: after a key was added, or when a value names a key that this process has not seen. */
export function reloadKeyRing(): Promise<ReadRing> {
  shared.hybleKeyRing = undefined;
  return loadKeyRing();
}

async function openKeyRing(): Promise<ReadRing> {
  const path = keyRingPath();
  const ring = (await readRing(path)) ?? (await createRing(path));
  await compareWithDatabase(ring, path);
  return ring;
}

async function readRing(path: string): Promise<ReadRing | null> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw unusable(path, 'it cannot be read. Let the user that runs the program read it', error);
  }
  const { mode, mtimeMs } = await stat(path);
  const ring = { ...parseRing(text, path), readAt: mtimeMs };
  if (process.platform !== 'win32' && (mode & 0o077) !== 0) {
    logger.warn({ path }, 'others on this machine can read the key file; run chmod 600 on it');
  }
  return ring;
}

function parseRing(text: string, path: string): KeyRing {
  let content: z.infer<typeof keyFile>;
  try {
    content = keyFile.parse(JSON.parse(text));
  } catch {
    throw unusable(path, 'it is not { "current": id, "keys": { id: key } }. Restore it from your backup');
  }
  const keys = new Map(
    Object.entries(content.keys).map(([kid, key]) => [kid, new Uint8Array(Buffer.from(key, 'base64url'))]),
  );
  for (const [kid, key] of keys) {
    if (key.byteLength !== KEY_BYTES)
      throw unusable(path, `its key ${kid} is not 256 bits long. Restore it from your backup`);
  }
  if (!keys.has(content.current))
    throw unusable(path, `it does not hold its current key ${content.current}. Restore it from your backup`);
  return { current: content.current, keys };
}

async function createRing(path: string): Promise<ReadRing> {
  const checks = await db.sealedCheck.findMany({ select: { kid: true } });
  if (checks.length > 0) {
    // Another process that starts at the same time may have made the file since we looked for it.
    const made = await readRing(path);
    if (made) return made;
    const kids = checks.map((check) => check.kid).join(', ');
    throw unusable(
      path,
      `it is not there, but the database holds secrets sealed with key ${kids}. ` +
        'A new key could not open them, so none was made. Restore the file from your backup, or name it in HYBLE_KEY_RING',
    );
  }
  const current = randomBytes(6).toString('hex');
  await mkdir(dirname(path), { recursive: true });
  // A finished file appears under the final name at once, and never over one that another process made meanwhile.
  const draft = await writeDraft(path, current, new Map([[current, new Uint8Array(randomBytes(KEY_BYTES))]]));
  try {
    await link(draft, path);
    logger.info({ path }, 'a key file was created; back it up apart from the database');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const ring = await readRing(path);
  if (!ring) throw unusable(path, 'it vanished right after it was made. Check who else writes into that folder');
  return ring;
}

/** The database keeps a sealed known word per key id: the wrong file is noticed at start, not at the first secret. */
async function compareWithDatabase(ring: KeyRing, path: string): Promise<void> {
  const place = (kid: string) => ({ table: 'SealedCheck', id: kid, column: 'sealed' });
  const sealed = await sealWith(ring, KNOWN_WORD, place(ring.current));
  await db.sealedCheck.createMany({ data: [{ kid: ring.current, sealed }], skipDuplicates: true });
  for (const check of await db.sealedCheck.findMany()) {
    if (!ring.keys.has(check.kid)) {
      throw unusable(
        path,
        `it does not hold key ${check.kid}, which this database was sealed with. Use the file that belongs to this database`,
      );
    }
    const word = await openWith(ring, check.sealed, place(check.kid)).catch(() => null);
    if (word !== KNOWN_WORD) {
      throw unusable(
        path,
        `its key ${check.kid} is another one than this database was sealed with. Use the file that belongs to this database`,
      );
    }
  }
}

function unusable(path: string, why: string, cause?: unknown): Error {
  return new Error(`The key file ${path} cannot be used: ${why}.`, { cause });
}
