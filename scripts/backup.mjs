// Copies a stopped installation with the embedded database, and puts such a copy back.
//   npm run backup -- <new folder>         npm run restore -- <backup folder>
// PostgreSQL's own tools are not part of the embedded package; files of a stopped server are a complete backup.
import { chownSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findPlace } from './postgres/place.mjs';
import { stopStale, unprivilegedUser } from './postgres.mjs';
import { openDataFolder, writePrivate } from './supervisor/data-folder.mjs';
import { takeLock } from './supervisor/lock.mjs';

const NOTE = 'backup.json';
/** Belongs to the running program or to this machine, not to the installation. */
const LEFT_OUT = new Set(['pg', 'pg.new', 'logs', 'database-folder', 'supervisor.sock']);

/** Copies the data folder, its database included, into a folder that must not exist yet. */
export async function backup({ folder, target, log }) {
  if (!existsSync(join(folder, 'secrets.json')))
    throw new Error(`${folder} holds no installation. Set HYBLE_DATA_DIR to its data folder.`);
  if (existsSync(target))
    throw new Error(`${target} exists already. Name a folder that does not, so that no older backup is mixed in.`);
  const release = await takeLock(folder);
  try {
    const { dir } = findPlace(folder, unprivilegedUser(), log);
    await stopStale(dir); // after a killed start the server may live on for a moment
    const fresh = `${target}.unfinished`;
    rmSync(fresh, { recursive: true, force: true });
    mkdirSync(fresh, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(folder)) {
      if (!LEFT_OUT.has(name)) cpSync(join(folder, name), join(fresh, name), { recursive: true });
    }
    cpSync(dir, join(fresh, 'pg'), { recursive: true });
    const version = readFileSync(join(dir, 'PG_VERSION'), 'utf8').trim();
    writePrivate(join(fresh, NOTE), { createdAt: new Date().toISOString(), postgresql: version });
    renameSync(fresh, target);
  } finally {
    await release();
  }
  if (process.env.HYBLE_KEY_RING)
    log(`The key ring ${process.env.HYBLE_KEY_RING} lies outside the data folder: copy it as well.`);
}

/** Puts a backup back as the data folder, which must not hold an installation. */
export async function restore({ source, folder, log }) {
  if (!existsSync(join(source, NOTE)))
    throw new Error(`${source} is no backup made by \`npm run backup\` (${NOTE} is missing).`);
  if (existsSync(join(folder, 'secrets.json')) || existsSync(join(folder, 'pg'))) {
    throw new Error(
      `${folder} holds an installation already. Move it away or set HYBLE_DATA_DIR; nothing was overwritten.`,
    );
  }
  openDataFolder(folder, existsSync(join(source, 'demo')) ? 'demo' : 'production');
  const release = await takeLock(folder);
  try {
    const owner = unprivilegedUser();
    const { dir } = findPlace(folder, owner, log);
    cpSync(join(source, 'pg'), dir, { recursive: true });
    if (owner) giveTo(dir, owner);
    // The secrets come last: a restore that was cut off is not taken for an installation.
    const names = readdirSync(source).filter((name) => name !== 'pg' && name !== NOTE && name !== 'secrets.json');
    for (const name of [...names, 'secrets.json']) cpSync(join(source, name), join(folder, name), { recursive: true });
  } finally {
    await release();
  }
}

function giveTo(folder, { uid, gid }) {
  chownSync(folder, uid, gid);
  for (const name of readdirSync(folder, { recursive: true })) chownSync(join(folder, name), uid, gid);
}

async function main([what, path]) {
  const folder = resolve(process.env.HYBLE_DATA_DIR || './data');
  if (process.env.DATABASE_URL)
    throw new Error('DATABASE_URL is set: back up that PostgreSQL with pg_dump, and keys.json from the data folder.');
  if (!path || !['backup', 'restore'].includes(what))
    throw new Error(`Name a folder: npm run ${what ?? 'backup'} -- /path/to/folder`);
  const at = resolve(path);
  if (what === 'backup') await backup({ folder, target: at, log: console.log });
  else await restore({ source: at, folder, log: console.log });
  console.log(
    what === 'backup'
      ? `Copied ${folder} to ${at}. It holds all keys: keep it as you keep passwords.`
      : `Restored ${at} as ${folder}. Start the panel.`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    await main(process.argv.slice(2));
  } catch (error) {
    console.error(error.message);
    process.exit(1);
  }
}
