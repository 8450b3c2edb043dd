import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { startExecutor } from './start';
import {
  closeSql,
  createClient,
  ended,
  freePort,
  recordingLog,
  runsOf,
  settingsFor,
  sql,
  startApp,
  startProxy,
  type TestApp,
  until,
} from './testing/harness';
import { forkApp, forkExecutor, kill } from './testing/processes';

vi.setConfig({ testTimeout: 90_000 }); // processes are started here; the deadlines of conditions decide

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of cleanups.splice(0).reverse()) await each();
  await sql('drop schema executor cascade');
});
afterAll(closeSql);

/** A function whose middle step waits for `release()`; counts how often each step began. */
async function slowApp(options: { retries?: 0 | 1 | 2 | 3 } = {}) {
  const executorPort = await freePort();
  const client = createClient(executorPort);
  const began = { first: 0, middle: 0, last: 0 };
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const slow = client.createFunction(
    { id: 'slow', retries: options.retries ?? 3, triggers: [{ event: 'slow' }] },
    async ({ step }) => {
      await step.run('first', () => {
        began.first += 1;
      });
      await step.run('middle', async () => {
        began.middle += 1;
        await released;
      });
      await step.run('last', () => {
        began.last += 1;
      });
    },
  );
  const serve = async (port = 0): Promise<TestApp> => {
    const served = await startApp(client, [slow], port);
    cleanups.push(() => served.close());
    return served;
  };
  const app = await serve();
  return {
    client,
    app,
    serve,
    began,
    release: () => release(),
    executorPort,
    settings: settingsFor(app, executorPort),
  };
}

async function run(settings: ReturnType<typeof settingsFor>) {
  const log = recordingLog();
  const executor = await startExecutor(settings, log);
  cleanups.push(() => executor.stop());
  await executor.synced;
  return { executor, log };
}

it('finishes a run whose executor was killed in the middle of a step', async () => {
  const { client, began, release, settings } = await slowApp();
  const first = await forkExecutor(settings);
  cleanups.push(() => kill(first));
  await client.send({ name: 'slow' });
  await until('the middle step', () => began.middle === 1);
  await kill(first);
  const second = await forkExecutor(settings);
  cleanups.push(() => kill(second));
  await until('a second attempt', () => began.middle === 2);
  release();
  expect((await ended('app-slow')).status).toBe('completed');
  expect(began).toEqual({ first: 1, middle: 2, last: 1 });
});

it('finishes a run whose application was killed in the middle of a step', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'executor-'));
  cleanups.push(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'log');
  const [appPort, executorPort] = [await freePort(), await freePort()];
  const lines = () => readFileSync(file, 'utf8').trim().split('\n');
  writeFileSync(file, '');
  const first = await forkApp(appPort, executorPort, file);
  cleanups.push(() => kill(first));
  await run(settingsFor({ port: appPort }, executorPort));
  await createClient(executorPort).send({ name: 'slow' });
  await until('the middle step', () => lines().includes('middle 0'));
  await kill(first);
  writeFileSync(`${file}.go`, '');
  const second = await forkApp(appPort, executorPort, file);
  cleanups.push(() => kill(second));
  expect((await ended('app-slow')).status).toBe('completed');
  expect(lines()).toEqual(['first', 'middle 0', 'middle 1', 'last']);
});

it('does not count calls while the application is away', async () => {
  const { client, app, serve, settings, began, release } = await slowApp({ retries: 0 });
  const { log } = await run(settings);
  release();
  await app.close();
  await client.send({ name: 'slow' });
  await until('a pause', () => log.lines.some((line) => line.includes('is away')));
  await serve(app.port);
  expect((await ended('app-slow')).status).toBe('completed');
  expect(began).toEqual({ first: 1, middle: 1, last: 1 });
});

it('drops an answer that comes after its lease was lost, and asks again', async () => {
  const { client, settings, began, release } = await slowApp();
  const { log } = await run({ ...settings, leaseMs: 400 });
  await client.send({ name: 'slow' });
  await until('the middle step', () => began.middle === 1);
  await sql("update executor.job set lock = gen_random_uuid(), locked_until = now() + interval '1 minute'");
  release();
  await until('the late answer', () => log.lines.some((line) => line.includes('was dropped')));
  const [job] = await sql<{ attempt: number; steps: number }>(
    'select attempt, (select count(*)::int from executor.step) as steps from executor.job',
  );
  expect(job).toEqual({ attempt: 0, steps: 1 });
  await sql("update executor.job set locked_until = now() - interval '1 second'");
  expect((await ended('app-slow')).status).toBe('completed');
  expect(began).toEqual({ first: 1, middle: 2, last: 1 });
});

it('keeps a call that lasts longer than its lease, also from another executor', async () => {
  const { client, settings, began, release } = await slowApp();
  await run({ ...settings, leaseMs: 400 });
  await client.send({ name: 'slow' });
  await until('the middle step', () => began.middle === 1);
  await run({ ...settings, port: 0, leaseMs: 400 }); // another one would take over what nobody looks after
  const [lease] = await sql<{ until: Date }>('select locked_until as until from executor.job');
  await until('two leases later', async () => {
    const rows = await sql("select 1 where now() > $1::timestamptz + interval '800 milliseconds'", [lease?.until]);
    return rows.length > 0;
  });
  release();
  expect((await ended('app-slow')).status).toBe('completed');
  expect(began.middle).toBe(1);
});

it('recovers when the database cuts its connections', async () => {
  const { client, settings, began, release } = await slowApp();
  const { log } = await run(settings);
  const cut = () =>
    sql(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'hyble-executor' and datname = current_database()",
    );
  await client.send({ name: 'slow' });
  await until('the middle step', () => began.middle === 1);
  await cut();
  release();
  expect((await ended('app-slow')).status).toBe('completed');
  expect(began).toEqual({ first: 1, middle: 1, last: 1 });
  await cut();
  await client.send({ name: 'slow' });
  await until(
    'a second run',
    async () => (await runsOf('app-slow')).filter((each) => each.status === 'completed').length === 2,
  );
  expect(log.lines.join('\n')).not.toContain('event-key-of-the-tests');
});

it('loses nothing when it is killed again and again under load', async () => {
  const port = await freePort();
  const client = createClient(port);
  const began = new Map<string, number>();
  const many = client.createFunction({ id: 'many', triggers: [{ event: 'many' }] }, async ({ event, step }) => {
    for (const name of ['a', 'b', 'c']) {
      await step.run(name, () => {
        const key = `${event.data.n} ${name}`;
        began.set(key, (began.get(key) ?? 0) + 1);
      });
    }
  });
  const app = await startApp(client, [many]);
  cleanups.push(() => app.close());
  const settings = settingsFor(app, port);
  let executor = await forkExecutor(settings);
  cleanups.push(() => kill(executor));
  await client.send(Array.from({ length: 120 }, (_, n) => ({ name: 'many', data: { n } })));
  const steps = async () => (await sql<{ n: number }>('select count(*)::int as n from executor.step'))[0]?.n ?? 0;
  for (const mark of [1, 90, 180]) {
    await until(`${mark} steps`, async () => (await steps()) >= mark, 30_000);
    await kill(executor);
    executor = await forkExecutor(settings);
  }
  const statuses = async () => (await runsOf('app-many')).map((each) => each.status);
  await until('all runs', async () => (await statuses()).every((status) => status !== 'running'), 30_000);
  expect(await statuses()).toEqual(Array(120).fill('completed'));
  expect(await steps()).toBe(360);
  expect(began.size).toBe(360);
  // Only what was under way at a kill may have run twice: 20 calls at most, three times.
  expect([...began.values()].filter((times) => times > 1).length).toBeLessThanOrEqual(60);
});

it('keeps an answer while the database is away, and events are refused for a later try', async () => {
  const { client, settings, began, release } = await slowApp();
  const proxy = await startProxy(settings.databaseUrl);
  cleanups.push(proxy.down);
  const { log } = await run({ ...settings, databaseUrl: proxy.url });
  await client.send({ name: 'slow' });
  await until('the middle step', () => began.middle === 1);
  await proxy.down();
  release();
  await until('a failed attempt to store', () => log.lines.some((line) => line.includes('is offered again')));
  const event = { method: 'POST', body: '{"name":"slow"}' };
  const answer = await fetch(`http://127.0.0.1:${settings.port}/e/${settings.eventKey}`, event);
  expect(answer.status).toBe(503);
  await proxy.up();
  expect((await ended('app-slow')).status).toBe('completed');
  expect(began).toEqual({ first: 1, middle: 1, last: 1 });
});

it('lets two executors share the work while one replaces the other', async () => {
  const port = await freePort();
  const client = createClient(port);
  const began = new Map<string, number>();
  let running = 0;
  let most = 0;
  const fn = client.createFunction(
    { id: 'shared', concurrency: { limit: 3 }, triggers: [{ event: 'shared' }, { cron: '0 0 1 1 *' }] },
    async ({ event, step }) => {
      for (const name of ['a', 'b']) {
        await step.run(name, async () => {
          running += 1;
          most = Math.max(most, running);
          const key = `${JSON.stringify(event.data)} ${name}`;
          began.set(key, (began.get(key) ?? 0) + 1);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
        });
      }
    },
  );
  const app = await startApp(client, [fn]);
  cleanups.push(() => app.close());
  const one = await run(settingsFor(app, port));
  await run(settingsFor(app, 0));
  await sql('update executor.cron set next_at = now()');
  await client.send(Array.from({ length: 40 }, (_, n) => ({ name: 'shared', data: { n } })));
  const completed = async () => (await runsOf('app-shared')).filter((each) => each.status === 'completed').length;
  await until('some runs', async () => (await completed()) > 5);
  await one.executor.stop();
  await until('all runs', async () => (await completed()) === 41);
  expect(most).toBeLessThanOrEqual(3);
  expect([...began.values()].every((times) => times === 1)).toBe(true);
});

it('waits for a call in flight when it is told to stop', async () => {
  const { client, settings, began, release } = await slowApp();
  const child = await forkExecutor(settings);
  cleanups.push(() => kill(child));
  await client.send({ name: 'slow' });
  await until('the middle step', () => began.middle === 1);
  const stopped = kill(child, 'SIGTERM');
  await until('the end of claims', () => child.output().includes('The executor stops'));
  await client.send({ name: 'slow' });
  release();
  expect(await stopped).toBe(0);
  const steps = await sql('select name from executor.step order by seq');
  expect(steps).toEqual([{ name: 'first' }, { name: 'middle' }]);
  const again = await forkExecutor(settings);
  cleanups.push(() => kill(again));
  const completed = async () => (await runsOf('app-slow')).filter((each) => each.status === 'completed').length;
  await until('both runs', async () => (await completed()) === 2);
  expect(began).toEqual({ first: 2, middle: 2, last: 2 });
});

it('ends when a function needs more than it does, and says so to its supervisor', async () => {
  const port = await freePort();
  const client = createClient(port);
  const app = await startApp(client, [
    client.createFunction({ id: 'calm', debounce: { period: '5s' }, triggers: [{ event: 'x' }] }, () => 1),
  ]);
  cleanups.push(() => app.close());
  const child = await forkExecutor(settingsFor(app, port));
  cleanups.push(() => kill(child));
  await until('its end', () => child.exitCode !== null);
  expect(child.exitCode).toBe(1);
  expect(child.output()).toContain('\\"app-calm\\" uses debounce');
});
