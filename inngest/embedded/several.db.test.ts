import type { FailureEventArgs } from 'inngest';
import pg from 'pg';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import type { ExecutorSettings } from './settings';
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
  until,
} from './testing/harness';
import { forkExecutor, kill } from './testing/processes';

vi.setConfig({ testTimeout: 60_000 });

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const each of cleanups.splice(0).reverse()) await each();
  await sql('drop schema executor cascade');
});
afterAll(closeSql);

/** A function whose only step waits until its event's number is released; notes when each began. */
async function holdingApp(retries: 0 | 3 = 3) {
  const port = await freePort();
  const client = createClient(port);
  const began: string[] = [];
  const released = new Set<string>();
  const failures: string[] = [];
  const app = await startApp(client, [
    client.createFunction(
      {
        id: 'hold',
        retries,
        triggers: [{ event: 'hold' }],
        onFailure: ({ error }: FailureEventArgs) => failures.push(error.message),
      },
      async ({ event, step }) => {
        const n = String(event.data.n);
        await step.run('hold', async () => {
          began.push(n);
          await until(`the release of ${n}`, () => released.has(n));
        });
      },
    ),
    client.createFunction({ id: 'tick', triggers: [{ cron: '0 0 1 1 *' }] }, () => 1),
  ]);
  cleanups.push(() => app.close());
  const send = (n: number) => client.send({ name: 'hold', data: { n } });
  return {
    app,
    send,
    began,
    failures,
    release: (n: number) => released.add(String(n)),
    settings: settingsFor(app, port),
  };
}

async function run(settings: ExecutorSettings) {
  const log = recordingLog();
  const executor = await startExecutor(settings, log);
  cleanups.push(() => executor.stop());
  await executor.synced;
  return executor;
}

it('takes over the calls of the one that died, and of nobody else', async () => {
  const { send, began, release, settings } = await holdingApp();
  await run({ ...settings, concurrency: 1 });
  await send(1);
  await until('the first call', () => began.includes('1'));
  const second = await forkExecutor({ ...settings, port: 0, concurrency: 1 });
  cleanups.push(() => kill(second));
  await send(2);
  await until('the second call', () => began.includes('2'));
  await run({ ...settings, port: 0, leaseMs: 2000 }); // looks often
  await kill(second);
  await until('another attempt', () => began.filter((n) => n === '2').length === 2);
  for (const n of [1, 2]) release(n);
  await until('both runs', async () => (await runsOf('app-hold')).every((each) => each.status === 'completed'));
  expect(began.sort()).toEqual(['1', '2', '2']);
});

it('lets an idle executor begin at once what another one was told of', async () => {
  const { send, began, release, settings } = await holdingApp();
  await run({ ...settings, concurrency: 1 });
  await send(1);
  await until('the first call', () => began.includes('1'));
  await run({ ...settings, port: 0, pollMs: 3_600_000 });
  await send(2); // by a notification or not at all
  await until('the second call', () => began.includes('2'), 10_000);
  for (const n of [1, 2]) release(n);
});

it('hands back what is not done when it has to stop, and another one takes it up', async () => {
  const { send, began, release, settings } = await holdingApp();
  const first = await run({ ...settings, stopGraceMs: 100 });
  await send(1);
  await until('the call', () => began.length === 1);
  await run({ ...settings, port: 0, leaseMs: 600_000 }); // looks for what was left behind every 5 s at most
  const before = Date.now();
  await first.stop();
  expect(Date.now() - before).toBeLessThan(5000);
  await until('another attempt', () => began.length === 2, 4000);
  release(1);
  expect((await ended('app-hold')).status).toBe('completed');
});

it('tells of a run that failed before the functions are known again', async () => {
  const { app, send, began, failures, settings } = await holdingApp(0);
  const first = await forkExecutor(settings);
  cleanups.push(() => kill(first));
  await send(1);
  await until('the call', () => began.length === 1);
  await kill(first);
  // The application answers no more, so that the functions stay unknown.
  const alone = await startExecutor({ ...settings, healthUrl: 'http://127.0.0.1:1/', port: 0 }, recordingLog());
  const run1 = await ended('app-hold');
  expect(run1.error?.message).toMatch(/broke in the middle/);
  await alone.stop();
  await run(settingsFor(app, 0));
  await until('onFailure', () => failures.length === 1);
});

it('goes on when the clock of the database went back', async () => {
  const { send, release, settings } = await holdingApp();
  release(1);
  const executor = await run(settings);
  await executor.stop();
  // What was written an hour ago by the clock of now is an hour ahead of the clock of then.
  await sql(`with r as (
      insert into executor.run (fn_id, event, max_attempts) values ('app-hold', '{"name":"hold","data":{"n":1}}', 4) returning id)
    insert into executor.job (run_id, kind, run_at, made_at)
    select id, 'discover', now() + interval '1 hour', now() + interval '1 hour' from r`);
  await sql(`insert into executor.event (id, name, body, received_at, route_at)
    values ('e', 'hold', '{"name":"hold","data":{"n":1}}', now() + interval '1 hour', now() + interval '1 hour')`);
  await sql("update executor.cron set next_at = next_at + interval '1 hour'");
  await run({ ...settings, leaseMs: 400 });
  await until(
    'both runs',
    async () => {
      const runs = await runsOf('app-hold');
      return runs.length === 2 && runs.every((each) => each.status === 'completed');
    },
    10_000,
  );
  const [cron] = await sql<{ next: string }>(
    `select to_char(next_at at time zone 'UTC', 'MM-DD HH24') as next from executor.cron`,
  );
  expect(cron?.next).toBe('01-01 00');
  await send(1);
});

it('asks the database for little while there is nothing to do', async () => {
  const { settings } = await holdingApp();
  await run(settings);
  const asked = vi.spyOn(pg.Client.prototype, 'query');
  cleanups.push(() => asked.mockRestore());
  const from = Date.now();
  await until('eight seconds', () => Date.now() - from > 8000);
  // A busy machine looks up late, and what was asked until then counts for all of that time.
  expect(asked.mock.calls.length / ((Date.now() - from) / 1000)).toBeLessThan(4);
});

it('asks the database about twice per step', async () => {
  const port = await freePort();
  const client = createClient(port);
  const app = await startApp(client, [
    client.createFunction({ id: 'four', triggers: [{ event: 'four' }] }, async ({ step }) => {
      for (const name of ['a', 'b', 'c', 'd']) await step.run(name, () => name);
    }),
  ]);
  cleanups.push(() => app.close());
  await run({ ...settingsFor(app, port), pollMs: 60_000 });
  await client.send({ name: 'four' });
  await ended('app-four'); // the first claim is known to the database by now
  const asked = vi.spyOn(pg.Client.prototype, 'query');
  cleanups.push(() => asked.mockRestore());
  await client.send(Array.from({ length: 10 }, () => ({ name: 'four' })));
  await until('all runs', () => app.calls === 11 * 5);
  // One insert for all events, a claim or two per run, one per call; the rest is what runs by itself.
  expect(asked.mock.calls.length / (10 * 4)).toBeLessThan(2.5);
});

it('calls off what was to be called off before a sleep that ended during its absence goes on', async () => {
  const port = await freePort();
  const client = createClient(port);
  let went = false;
  const app = await startApp(client, [
    client.createFunction(
      { id: 'nap', triggers: [{ event: 'nap' }], cancelOn: [{ event: 'call-off' }] },
      async ({ step }) => {
        await step.sleep('nap', '1h');
        await step.run('go on', () => {
          went = true;
        });
      },
    ),
  ]);
  cleanups.push(() => app.close());
  const first = await run(settingsFor(app, port));
  await client.send({ name: 'nap' });
  await until('the nap', async () => (await sql(`select 1 from executor.job where kind = 'sleep'`)).length > 0);
  await first.stop();
  // Taken, and not looked at before the executor died; others came before it, so that one look is not enough.
  await sql(`update executor.job set run_at = now() - interval '1 second'`);
  await sql(
    `insert into executor.event (id, name, body, route_at)
     select n::text, name, json_build_object('id', n::text, 'name', name, 'data', '{}'::json, 'ts', 1), now() - interval '1 minute'
     from (select n, case when n = 1500 then 'call-off' else 'nothing' end as name from generate_series(1, 1500) n) x`,
  );
  await run(settingsFor(app, port));
  expect((await ended('app-nap', 10_000)).status).toBe('cancelled');
  expect(went).toBe(false);
});
