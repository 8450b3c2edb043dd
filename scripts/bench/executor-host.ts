// The embedded executor in a process of its own, as in production, that also counts what it asks of the database.
import pg from 'pg';
import type { ExecutorSettings } from '../../inngest/embedded/settings';
import { startExecutor } from '../../inngest/embedded/start';

let statements = 0;
const ask = pg.Client.prototype.query;
pg.Client.prototype.query = function count(this: pg.Client, ...args: unknown[]) {
  statements += 1;
  return Reflect.apply(ask, this, args);
} as typeof ask;

const log = { info: () => undefined, warn: console.error, error: console.error };

process.once('message', (settings: ExecutorSettings) => {
  void startExecutor(settings, log).then(async (executor) => {
    await executor.synced;
    process.on('message', () => {
      const { user, system } = process.cpuUsage();
      process.send?.({ statements, cpu: (user + system) / 1e6 });
      statements = 0;
    });
    process.on('disconnect', () => void executor.stop().then(() => process.exit(0)));
    process.send?.({ port: executor.port });
  });
});
