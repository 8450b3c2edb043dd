import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { backup, restore } from './backup.mjs';
import { startPostgres } from './postgres.mjs';
import { openDataFolder, readSecrets } from './supervisor/data-folder.mjs';
import { takeLock } from './supervisor/lock.mjs';

const log = () => {};
let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'hyble-backup-'));
  chmodSync(parent, 0o711); // as every folder above a data folder: others may walk through
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

/** Starts the database of a data folder for the time of one question. */
async function ask(folder: string, sql: string) {
  const { databasePassword } = readSecrets(folder);
  const server = await startPostgres({ folder, password: databasePassword, durable: false });
  const client = new pg.Client({ connectionString: server.url('postgres') });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
    await server.stop();
  }
}

it('brings back what was backed up, into another folder, and overwrites nothing', async () => {
  const folder = openDataFolder(join(parent, 'data'), 'production');
  await ask(folder, "create table kept as select 'yes' as answer");
  writeFileSync(join(folder, 'keys.json'), '{"keys":1}', { mode: 0o600 });
  const target = join(parent, 'copies', 'monday');
  await backup({ folder, target, log });
  await expect(backup({ folder, target, log })).rejects.toThrow(/exists already/);

  const other = join(parent, 'other');
  await restore({ source: target, folder: other, log });
  expect(await ask(other, 'select answer from kept')).toEqual([{ answer: 'yes' }]);
  expect(readFileSync(join(other, 'keys.json'), 'utf8')).toBe('{"keys":1}');
  expect(statSync(join(other, 'secrets.json')).mode & 0o777).toBe(0o600);
  expect(existsSync(join(other, 'backup.json'))).toBe(false);
  expect(existsSync(join(other, 'pg', 'PG_VERSION'))).toBe(true); // not moved to the place for unreachable folders
  await expect(restore({ source: target, folder: other, log })).rejects.toThrow(/holds an installation/);
}, 20_000);

it('refuses to copy a running installation', async () => {
  const folder = openDataFolder(join(parent, 'data'), 'production');
  readSecrets(folder);
  const release = await takeLock(folder);
  const target = join(parent, 'copy');
  await expect(backup({ folder, target, log })).rejects.toThrow(/Already running/);
  expect(existsSync(target)).toBe(false);
  await release();
});

it('refuses a folder that is no backup, and one that is no installation', async () => {
  await expect(restore({ source: parent, folder: join(parent, 'x'), log })).rejects.toThrow(/is no backup/);
  await expect(backup({ folder: parent, target: join(parent, 'y'), log })).rejects.toThrow(/no installation/);
});
