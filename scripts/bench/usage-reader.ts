// Reads the figures of all servers that are due, as the program does, in a process of its own: the memory that is counted
// is that of the reading, not of whoever made the world.
import { takeDueServers } from '@/features/usage/announce-usage';
import { syncServerUsage } from '@/features/usage/sync-server-usage';
import { databaseCpu } from './database-cpu';

export interface ReadingOrder {
  /** So many servers at a time. */
  atOnce: number;
}
export interface Reading {
  seconds: number;
  renewed: number;
  ownCpuSeconds: number;
  databaseCpuSeconds: number | null;
  memoryBeforeMb: number;
  memoryPeakMb: number;
}

process.on('message', (order: ReadingOrder) => {
  readAll(order).then(
    (reading) => process.send?.(reading),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on('disconnect', () => process.exit(0));

async function readAll({ atOnce }: ReadingOrder): Promise<Reading> {
  const memory = watchMemory();
  const databaseBefore = await databaseCpu();
  const cpuBefore = process.cpuUsage();
  const started = performance.now();
  const due = await takeDueServers();
  const ends: string[] = [];
  const work = async () => {
    for (let next = due.shift(); next; next = due.shift())
      ends.push((await syncServerUsage(next.serverId, `bench-${next.turn}`)).end);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  const seconds = (performance.now() - started) / 1000;
  const own = process.cpuUsage(cpuBefore);
  const databaseAfter = await databaseCpu();
  return {
    seconds,
    renewed: ends.filter((end) => end === 'done').length,
    ownCpuSeconds: (own.user + own.system) / 1e6,
    databaseCpuSeconds:
      databaseAfter === null || databaseBefore === null ? null : (databaseAfter - databaseBefore) / 1000,
    ...memory.end(),
  };
}

function watchMemory() {
  const megabytes = () => Math.round(process.memoryUsage.rss() / 1_048_576);
  const before = megabytes();
  let peak = before;
  const timer = setInterval(() => {
    peak = Math.max(peak, megabytes());
  }, 25);
  return {
    end: () => {
      clearInterval(timer);
      return { memoryBeforeMb: before, memoryPeakMb: Math.max(peak, megabytes()) };
    },
  };
}
