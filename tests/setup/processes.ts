import { readdirSync, readFileSync } from 'node:fs';

interface Process {
  pid: number;
  command: string;
}

const read = (path: string) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // it ended while we looked
  }
};

/** The processes that this one has started, by Linux's /proc: `ps` is not everywhere. */
export function childrenOf(pid: number): Process[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), stat: read(`/proc/${name}/stat`) }))
    .filter(({ stat }) => Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid)
    .map((child) => ({ pid: child.pid, command: read(`/proc/${child.pid}/cmdline`).replaceAll('\0', ' ').trim() }));
}

export function isAlive(pid: number): boolean {
  const stat = read(`/proc/${pid}/stat`);
  return stat !== '' && !stat.slice(stat.lastIndexOf(')')).startsWith(') Z'); // a zombie is dead
}
