// Reads the file in which a PostgreSQL server says who it is: line 1 process id, line 4 port, line 8 status.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the lock file of this data folder says, or null when there is none. */
export function readPostmaster(dir) {
  try {
    const lines = readFileSync(join(dir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? '' };
  } catch (error) {
    if (error.code === 'ENOENT') return null;
    throw error;
  }
}

/** True once the server of this folder accepts connections on that port. */
export function isReady(dir, port) {
  const now = readPostmaster(dir);
  return now?.status === 'ready' && now.port === port;
}

/** True when that process lives and was started for this data folder; process numbers are given out again. */
export function isOurs(pid, dir) {
  if (!(pid > 1)) return false;
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dir);
    } catch {
      return false;
    }
  }
  return (spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout ?? '').includes(dir);
}
