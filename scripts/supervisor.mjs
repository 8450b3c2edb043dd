// One process that owns all others: database, web, executor, and what a demo adds. It starts them in order, starts again
// what dies, and stops them in order.
import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { ensureDatabase, freePort, startPostgres } from './postgres.mjs';
import { announceFunctions } from './supervisor/announce-functions.mjs';
import { openDataFolder, readSecrets } from './supervisor/data-folder.mjs';
import { checkPort, readSettings, webEnvironment } from './supervisor/environment.mjs';
import { untilWeb, watchdog } from './supervisor/health.mjs';
import { keepAlive } from './supervisor/keep-alive.mjs';
import { takeLock } from './supervisor/lock.mjs';
import { startNodeChild } from './supervisor/node-child.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const NEXT = join(createRequire(import.meta.url).resolve('next/package.json'), '..', 'dist', 'bin', 'next');
const DATABASE = 'hyble';
const START_LIMIT_MS = 120_000;
const CHILD_GRACE_MS = 6000;
const DATABASE_GRACE_MS = 2500;

/**
 * Starts everything and resolves when the panel answers.
 *
 * @param {object} options
 * @param {'production' | 'demo'} options.mode
 * @param {string} options.dataDir
 * @param {(line: string) => void} options.log what the person at the screen reads
 * @param {(child: string) => (chunk: Buffer) => void} options.outputOf where a child's output goes
 * @param {(folder: string) => Promise<Array<object>>} [options.companions] children to start before the web process:
 *   `{ name, args, settings, env(ready) }`, where `env` turns the child's ready message into settings of the web process
 * @param {(context: object) => Promise<NodeJS.ProcessEnv>} [options.beforeWeb] more settings once the database is migrated
 * @param {(error: Error) => void} options.onHopeless a child that never gets going
 */
export async function supervise({ mode, dataDir, log, outputOf, companions, beforeWeb, onHopeless }) {
  const settings = readSettings();
  const folder = openDataFolder(dataDir, mode);
  const undo = [await takeLock(folder)];
  const aborted = new AbortController();
  const stop = once(async () => {
    aborted.abort();
    for (const step of undo.reverse()) await step();
  });
  let started = false;
  const hopeless = (error) => {
    aborted.abort(error);
    if (started) onHopeless(error); // while starting, the start itself fails with this error
  };
  const context = {
    mode,
    settings,
    folder,
    log,
    outputOf,
    undo,
    hopeless,
    signal: aborted.signal,
    bootId: randomBytes(12).toString('hex'),
  };
  try {
    await checkPort(settings);
    context.secrets = readSecrets(folder);
    context.databaseUrl = settings.databaseUrl ?? (await startDatabase(context));
    await migrate(context);
    const extra = { ...(await startCompanions(context, companions)), ...(await beforeWeb?.(context)) };
    const env = await startWebAndExecutor(context, extra);
    started = true;
    return { url: settings.url, publicUrl: settings.publicUrl, folder, env, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startDatabase({ folder, secrets, log, hopeless, undo, signal }) {
  const port = await freePort();
  let url;
  const database = keepAlive({
    name: 'database',
    log,
    onHopeless: hopeless,
    start: async () => {
      const server = await startPostgres({ folder, password: secrets.databasePassword, port, log });
      url = server.url;
      return { ...server, ready: Promise.resolve() };
    },
  });
  undo.push(() => database.stop(DATABASE_GRACE_MS, 'SIGINT'));
  await inTime(database.ready, signal, 'database');
  await ensureDatabase(url('postgres'), DATABASE);
  return url(DATABASE);
}

/** Migrations run in a process of their own (see migrate.mjs). A database of your own may still be starting: it gets a minute. */
async function migrate({ databaseUrl, outputOf, log, signal }) {
  for (let attempt = 1; ; attempt++) {
    const env = { ...process.env, DATABASE_URL: databaseUrl };
    const child = await startNodeChild({ args: ['scripts/migrate.mjs'], cwd: root, env, output: outputOf('migrate') });
    const { code } = await child.exited;
    if (code === 0) return;
    if (signal.aborted || attempt >= 20 || !/Can't reach database/.test(child.lastWords()))
      throw new Error(child.lastWords());
    if (attempt === 1) log('The database does not answer yet; trying again for a minute.');
    await sleep(3000, undefined, { signal });
  }
}

async function startCompanions({ folder, log, outputOf, undo, hopeless, signal }, companions) {
  let extra = {};
  for (const { name, args, settings, env } of (await companions?.(folder)) ?? []) {
    let message;
    const child = keepAlive({
      name,
      log,
      onHopeless: hopeless,
      start: async () => {
        const started = await startNodeChild({ args, cwd: root, env: process.env, settings, output: outputOf(name) });
        started.ready = started.ready.then((answer) => {
          message = answer;
        });
        return started;
      },
    });
    undo.push(() => child.stop(DATABASE_GRACE_MS));
    await inTime(child.ready, signal, name);
    extra = { ...extra, ...env(message) };
  }
  return extra;
}

async function startWebAndExecutor(context, extra) {
  const { settings, secrets, log, outputOf, undo, hopeless, signal, bootId, databaseUrl } = context;
  const executorPort = settings.ownInngest ? undefined : await freePort();
  const env = webEnvironment({ ...context, dataFolder: context.folder, executorPort, extra });
  const healthUrl = `${settings.url}/api/health`;
  const keep = (name, start) => keepAlive({ name, log, onHopeless: hopeless, start });

  const web = keep('web process', async () => {
    const args = [NEXT, 'start', '-H', settings.host, '-p', String(settings.port)];
    const child = await startNodeChild({ args, cwd: root, env, output: outputOf('web') });
    return { ...child, ready: untilWeb(healthUrl, bootId, signal) };
  });
  const parts = [web];
  if (executorPort) {
    const executorSettings = {
      databaseUrl,
      appUrl: `${settings.url}/api/inngest`,
      healthUrl,
      port: executorPort,
      eventKey: secrets.inngestEventKey,
      signingKey: secrets.inngestSigningKey,
    };
    const args = ['--enable-source-maps', 'build/executor.mjs'];
    const clean = { PATH: process.env.PATH, TZ: process.env.TZ, NODE_ENV: 'production' };
    parts.push(
      keep('executor', () =>
        startNodeChild({ args, cwd: root, env: clean, settings: executorSettings, output: outputOf('executor') }),
      ),
    );
  }
  undo.push(() => Promise.all(parts.map((part) => part.stop(CHILD_GRACE_MS))));
  await Promise.all(parts.map((part) => inTime(part.ready, signal, part.name)));
  if (!executorPort) {
    void announceFunctions({ url: settings.url, signingKey: process.env.INNGEST_SIGNING_KEY, log, signal });
  }
  const watch = (child, url, accept) => undo.push(watchdog({ child, url, accept, log, limitMs: settings.watchdogMs }));
  watch(web, healthUrl, (answer) => answer.bootId === bootId);
  if (parts[1]) watch(parts[1], `http://127.0.0.1:${executorPort}/health`, () => true);
  return env;
}

/** Waits for the first "ready" of a child, or until the start is called off. */
async function inTime(ready, signal, name) {
  const timer = new AbortController();
  try {
    await Promise.race([
      ready,
      sleep(START_LIMIT_MS, undefined, { signal: timer.signal }).then(() => {
        throw new Error(
          `The ${name} was not ready after ${START_LIMIT_MS / 1000} seconds. Its log says why; start again afterwards.`,
        );
      }),
      new Promise((_, reject) => {
        if (signal.aborted) reject(signal.reason);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true, signal: timer.signal });
      }),
    ]);
  } finally {
    timer.abort();
  }
}

function once(work) {
  let result;
  return () => {
    result ??= work();
    return result;
  };
}
