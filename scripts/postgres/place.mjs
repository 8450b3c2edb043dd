// Where the database files lie. Normally `<data>/pg`; elsewhere when the account that runs PostgreSQL cannot get there.
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const FALLBACK = '/var/lib/hyble-provisioning';

/** Can this account walk into the folder? Asked by trying, because access lists and containers have rules of their own. */
export function canEnter(folder, owner) {
  if (!owner) return true;
  const { status } = spawnSync('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], {
    uid: owner.uid,
    gid: owner.gid,
    cwd: '/',
    stdio: 'ignore',
  });
  return status === 0;
}

/**
 * The folder of the database files and its parent, which exists afterwards. The choice is written down in the data
 * folder, so that a later start finds the same files whatever has changed around it.
 */
export function findPlace(folder, owner, log) {
  const home = resolve(folder);
  // The unprivileged account must be able to walk through the data folder; 0711 lets it pass and list nothing.
  if (owner) chmodSync(home, 0o711);
  const note = join(home, 'database-folder');
  if (existsSync(note)) return at(readFileSync(note, 'utf8').trim());
  if (existsSync(join(home, 'pg', 'PG_VERSION')) || canEnter(home, owner)) return at(home);
  // A new random part each time: a data folder that was removed and made again must not meet the old one's database.
  const id = `${createHash('sha256').update(home).digest('hex').slice(0, 8)}-${randomBytes(4).toString('hex')}`;
  const parent = makeReachable(join(FALLBACK, id), owner);
  writeFileSync(note, `${parent}\n`, { mode: 0o600 });
  log(`The account ${owner.name}, which runs PostgreSQL, cannot enter ${home}: the database files go to ${parent}.`);
  return at(parent);
}

/** Makes a folder below the fall-back place that the given account can walk through. */
export function makeReachable(folder, owner) {
  mkdirSync(folder, { recursive: true });
  for (const path of [FALLBACK, folder]) chmodSync(path, 0o711);
  if (canEnter(folder, owner)) return folder;
  throw new Error(
    `The account ${owner.name}, which runs PostgreSQL, cannot enter ${folder} either. Give others the right to walk ` +
      'through the folders above it, or set DATABASE_URL to a PostgreSQL server of your own.',
  );
}

const at = (parent) => ({ parent, dir: join(parent, 'pg') });
