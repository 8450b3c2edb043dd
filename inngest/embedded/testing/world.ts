import { afterAll, afterEach, vi } from 'vitest';
import type { ExecutorSettings } from '../settings';
import { type Executor, startExecutor } from '../start';
import { closeSql, createClient, freePort, recordingLog, settingsFor, sql, startApp } from './harness';

const open: { close(): Promise<void> }[] = [];

/** Ends what a test has opened and gives the next one empty tables. */
export function cleanUpWorlds(): void {
  vi.setConfig({ testTimeout: 60_000 }); // deadlines of conditions decide, also on a machine that is busy
  afterEach(async () => {
    for (const each of open.splice(0).reverse()) await each.close();
    await sql('drop schema executor cascade');
  });
  afterAll(closeSql);
}

type Client = ReturnType<typeof createClient>;
type Functions = Parameters<typeof startApp>[1];

/** An application with these functions and an executor in this process that drives it. */
export async function world(make: (client: Client) => Functions, overrides: Partial<ExecutorSettings> = {}) {
  const port = await freePort();
  const client = createClient(port);
  const app = await startApp(client, make(client));
  open.push({ close: () => app.close() });
  const log = recordingLog();
  const settings = { ...settingsFor(app, port), ...overrides };
  let executor: Executor = await startExecutor(settings, log);
  open.push({ close: () => executor.stop() });
  const restart = async () => {
    await executor.stop();
    executor = await startExecutor(settings, log);
  };
  return { client, app, log, executor, restart, settings };
}
