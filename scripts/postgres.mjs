// The embedded PostgreSQL: real server binaries from an npm package, started and stopped by us.
// Used by the supervisor (durable, in the data folder) and by the tests (not durable, in a temporary folder).
import { spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { findBinaries } from './postgres/binaries.mjs';
import { findPlace } from './postgres/place.mjs';
import { isOurs, isReady, readPostmaster } from './postgres/postmaster.mjs';

export const DATABASE_USER = 'panel';
const CLEAN_ENV = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C.UTF-8', TZ: 'UTC' };
const NOT_DURABLE = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' };

// The server must end when whoever started it ends, however that happens. This shell waits beside it and reads from a
// pipe held by us: when the pipe closes it sends the server a fast shutdown. 3 is a copy of the pipe because a
// background job gets /dev/null as its standard input.
const LIFELINE =
  'exec 3<&0; "$@" </dev/null 3<&- & p=$!; (cat <&3 >/dev/null; kill -INT $p) 2>/dev/null & w=$!; exec 3<&-; ' +
  'trap "kill -INT $p" INT TERM; while :; do wait $p; c=$?; kill -0 $p 2>/dev/null || break; done; kill $w 2>/dev/null; exit $c';

/**
 * A TCP port of the loopback interface that nobody listens on at this moment. Taken from below the range that systems give
 * to outgoing connections: a server that starts again must not find its port lent out to one of those.
 */
export async function freePort() {
  for (let attempt = 0; attempt < 50; attempt++) {
    const port = await tryPort(randomInt(20_000, 32_000));
    if (port) return port;
  }
  return tryPort(0);
}

function tryPort(wanted) {
  return new Promise((resolve) => {
    const server = createServer().once('error', () => resolve(null));
    server.listen(wanted, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts PostgreSQL on 127.0.0.1, creating its files when the folder holds none. Waits until it accepts connections.
 *
 * @param {{ folder: string, password: string, port?: number, durable?: boolean, maxConnections?: number,
 *   log?: (line: string) => void }} options `folder` holds the data folder `pg`; only one caller may use it at a time.
 * @returns {Promise<{ port: number, pid: number, dir: string, url: (database: string) => string, exited: Promise<number>,
 *   kill: (signal: string) => void, stop: () => Promise<void>, lastWords: () => string }>}
 */
export async function startPostgres({ folder, password, port, durable = true, maxConnections = 60, log = () => {} }) {
  mkdirSync(folder, { recursive: true });
  const owner = unprivilegedUser();
  const place = findPlace(folder, owner, log);
  const binaries = await findBinaries(owner, log);
  await stopStale(place.dir);
  prepareFiles({ binaries, place, owner, password });
  return launch({
    binaries,
    dir: place.dir,
    owner,
    password,
    port: port ?? (await freePort()),
    durable,
    maxConnections,
  });
}

/** Ends a server that an earlier, killed start of ours left behind, and clears a lock file that nobody holds. */
export async function stopStale(dir) {
  const old = readPostmaster(dir);
  if (!old) return;
  if (!isOurs(old.pid, dir)) return rmSync(join(dir, 'postmaster.pid'), { force: true });
  process.kill(old.pid, 'SIGINT');
  const deadline = Date.now() + 8000;
  while (isOurs(old.pid, dir)) {
    if (Date.now() > deadline) {
      throw new Error(
        `A database server left over from an earlier start (process ${old.pid}) does not stop, so its files in ${dir} ` +
          'cannot be used. End that process and start again.',
      );
    }
    await sleep(20);
  }
}

/** Creates the database when it is not there yet. */
export async function ensureDatabase(adminUrl, name) {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (!rowCount) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/** PostgreSQL refuses to run as root: the account it runs as instead, or null when we are an ordinary user. */
export function unprivilegedUser() {
  if (process.getuid?.() !== 0) return null;
  const find = (name) => {
    const line = readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .find((entry) => entry.startsWith(`${name}:`));
    const [, , uid, gid] = line?.split(':') ?? [];
    return line && { name, uid: Number(uid), gid: Number(gid) };
  };
  const known = find('postgres') ?? find('hyble-postgres');
  if (known) return known;
  spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'hyble-postgres'], {
    stdio: 'ignore',
  });
  const user = find('hyble-postgres') ?? find('nobody');
  if (user) return user;
  throw new Error(
    'PostgreSQL does not run as root, and this system has no account that could run it. ' +
      'Create one (useradd --system postgres) or start the program as an ordinary user.',
  );
}

function prepareFiles({ binaries, place, owner, password }) {
  if (existsSync(join(place.dir, 'PG_VERSION'))) return checkVersion(binaries, place.dir);
  // Made beside the final name and renamed, so that an interrupted start leaves nothing half-made under that name.
  const fresh = `${place.dir}.new`;
  const passwordFile = join(place.parent, '.initial-password');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner) for (const path of [fresh, passwordFile]) chownSync(path, owner.uid, owner.gid);
  try {
    const result = spawnSync(
      binaries.initdb,
      ['-D', fresh, '-U', DATABASE_USER, `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8'].concat([
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--lc-messages=C',
        '--no-instructions',
      ]),
      { ...identity(owner), env: CLEAN_ENV, cwd: '/', encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    );
    if (result.error) throw result.error;
    if (result.status !== 0) throw new Error(result.stderr.trim() || result.stdout.trim());
  } catch (cause) {
    rmSync(fresh, { recursive: true, force: true });
    throw new Error(
      `The files of the embedded database could not be created in ${place.dir}: ${cause.message}\n` +
        'Check free disk space and who owns that folder, or set DATABASE_URL to a PostgreSQL server of your own.',
      { cause },
    );
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, place.dir);
}

function checkVersion(binaries, dir) {
  const files = readFileSync(join(dir, 'PG_VERSION'), 'utf8').trim();
  const server = binaries.version.split('.')[0];
  if (files === server) return;
  throw new Error(
    `The database files in ${dir} were made by PostgreSQL ${files}, but this release brings PostgreSQL ${server}, which ` +
      `cannot read them. Start the release you used before, dump the database with pg_dump ${files}, and load it into a ` +
      'new data folder or into a PostgreSQL server of your own (DATABASE_URL).',
  );
}

const identity = (owner) => (owner ? { uid: owner.uid, gid: owner.gid } : {});

async function launch({ binaries, dir, owner, password, port, durable, maxConnections }) {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: maxConnections,
    ...(durable ? {} : NOT_DURABLE),
  };
  const args = ['-D', dir, '-p', String(port)];
  for (const [name, value] of Object.entries(settings)) args.push('-c', `${name}=${value}`);
  const options = { ...identity(owner), env: CLEAN_ENV, cwd: '/', stdio: ['pipe', 'ignore', 'pipe'], detached: true };
  const child =
    process.platform === 'win32'
      ? spawn(binaries.postgres, args, { ...options, detached: false })
      : spawn('/bin/sh', ['-c', LIFELINE, 'postgres', binaries.postgres, ...args], options);
  const tail = keepTail(child.stderr);
  let over = false;
  const exited = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => {
      over = true;
      child.stdin.destroy(); // an open pipe would keep this process alive
      resolve(code ?? 1);
    });
  });
  exited.catch(() => {});
  const deadline = Date.now() + 60_000;
  while (!isReady(dir, port)) {
    if (over || Date.now() > deadline) {
      child.kill('SIGINT');
      throw new Error(`The embedded database did not start in ${dir}. Its last words:\n${tail()}`);
    }
    await sleep(10);
  }
  const url = (database) =>
    `postgresql://${DATABASE_USER}:${encodeURIComponent(password)}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  const kill = (signal) => {
    if (over) return;
    if (signal !== 'SIGKILL') return child.kill('SIGINT');
    // By force: SIGQUIT ends the server and its workers at once, where killing the shell would leave them.
    const server = readPostmaster(dir);
    if (server && isOurs(server.pid, dir)) process.kill(server.pid, 'SIGQUIT');
  };
  const stop = async () => {
    kill('SIGINT');
    await exited;
  };
  return { port, pid: child.pid, dir, url, exited, kill, stop, lastWords: tail };
}

function keepTail(stream, lines = 20) {
  let text = '';
  stream.setEncoding('utf8').on('data', (chunk) => {
    text = `${text}${chunk}`.split('\n').slice(-lines).join('\n');
  });
  return () => text.trim();
}
