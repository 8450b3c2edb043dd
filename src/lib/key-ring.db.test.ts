import { randomBytes } from 'node:crypto';
import { readFile, rm, stat, writeFile } from 'node:fs/promises';
import { beforeEach, expect, it } from 'vitest';
import { seal, unseal } from './crypto';
import { db } from './db';
import { keyRingPath, reloadKeyRing } from './key-ring';

const place = { table: 'Service', id: 'one', column: 'password' };

beforeEach(async () => {
  await db.sealedCheck.deleteMany();
  await rm(keyRingPath(), { force: true });
  await reloadKeyRing();
});

it('makes a key file of its own when the database holds nothing sealed', async () => {
  expect((await stat(keyRingPath())).mode & 0o777).toBe(0o600);
  expect(await db.sealedCheck.count()).toBe(1);
  expect(await unseal(await seal('geheim', place), place)).toBe('geheim');
});

it('makes one key file when several processes start at once', async () => {
  await db.sealedCheck.deleteMany();
  await rm(keyRingPath());
  const rings = await Promise.all(Array.from({ length: 5 }, () => reloadKeyRing()));
  expect(new Set(rings.map((ring) => ring.current)).size).toBe(1);
  expect(await db.sealedCheck.count()).toBe(1);
});

it('makes no new key when the database was sealed with another, and names the file', async () => {
  await rm(keyRingPath());
  await expect(reloadKeyRing()).rejects.toThrow(`The key file ${keyRingPath()} cannot be used: it is not there`);
  await expect(stat(keyRingPath())).rejects.toThrow('ENOENT');
});

it('refuses a file without the key of this database', async () => {
  const kid = 'another';
  await writeFile(
    keyRingPath(),
    JSON.stringify({ current: kid, keys: { [kid]: randomBytes(32).toString('base64url') } }),
  );
  await expect(reloadKeyRing()).rejects.toThrow(/does not hold key [0-9a-f]{12}, which this database was sealed with/);
});

it('refuses a file whose key has the right name but another value', async () => {
  const { current } = await reloadKeyRing();
  const keys = { [current]: randomBytes(32).toString('base64url') };
  await writeFile(keyRingPath(), JSON.stringify({ current, keys }));
  await expect(reloadKeyRing()).rejects.toThrow(/is another one than this database was sealed with/);
});

it.each(['', '{}', '{"current":"a","keys":{"a":"c2hvcnQ"}}', '{"current":"a","keys":{}}'])(
  'refuses the broken file %j',
  async (text) => {
    await writeFile(keyRingPath(), text);
    await expect(reloadKeyRing()).rejects.toThrow(/Restore it from your backup/);
  },
);

it('opens a value sealed with a key that was added after this process started', async () => {
  const before = await reloadKeyRing();
  const content = JSON.parse(await readFile(keyRingPath(), 'utf8')) as {
    current: string;
    keys: Record<string, string>;
  };
  content.keys.later = randomBytes(32).toString('base64url');
  await writeFile(keyRingPath(), JSON.stringify({ ...content, current: 'later' }));
  const sealed = await reloadKeyRing().then(() => seal('geheim', place));
  const shared = globalThis as { hybleKeyRing?: Promise<unknown> };
  shared.hybleKeyRing = Promise.resolve(before);
  expect(await unseal(sealed, place)).toBe('geheim');
});
