import { type FailureEventArgs, NonRetriableError, RetryAfterError, StepError } from 'inngest';
import pg from 'pg';
import { afterAll, afterEach, expect, it } from 'vitest';
import { fireDueCrons } from './cron';
import { type Executor, startExecutor } from './start';
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

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
  await sql('drop schema executor cascade');
});
afterAll(closeSql);

type Client = ReturnType<typeof createClient>;
type Functions = Parameters<typeof startApp>[1];

/** An application with these functions and an executor that drives it. */
async function world(make: (client: Client) => Functions, overrides = {}) {
  const port = await freePort();
  const client = createClient(port);
  const app = await startApp(client, make(client));
  open.push({ close: () => app.close() });
  const log = recordingLog();
  const settings = { ...settingsFor(app, port), ...overrides };
  let executor: Executor = await startExecutor(settings, log);
  open.push({ close: () => executor.stop() });
  await executor.synced;
  const restart = async () => {
    await executor.stop();
    executor = await startExecutor(settings, log);
  };
  return { client, app, log, executor, restart, settings };
}

it('runs the steps of a function in order, each once, and keeps its result', async () => {
  const trace: string[] = [];
  const { client } = await world((c) => [
    c.createFunction({ id: 'simple', triggers: [{ event: 'simple' }] }, async ({ event, step }) => {
      const a = await step.run('a', () => {
        trace.push('a');
        return { n: event.data.n, nul: 'x\0y' };
      });
      const b = await step.run('b', () => {
        trace.push('b');
        return a.n + 1;
      });
      return { sum: a.n + b };
    }),
  ]);
  await client.send({ name: 'simple', data: { n: 20 } });
  const run = await ended('app-simple');
  expect(run).toMatchObject({ status: 'completed', output: { sum: 41 } });
  expect(trace).toEqual(['a', 'b']);
  expect(await sql('select 1 from executor.job')).toEqual([]);
});

it('retries a step with its own attempt counter until it works', async () => {
  const attempts: number[] = [];
  const { client } = await world((c) => [
    c.createFunction({ id: 'flaky', retries: 3, triggers: [{ event: 'flaky' }] }, async ({ step, attempt }) => {
      await step.run('fine', () => 1);
      return step.run('shaky', () => {
        attempts.push(attempt);
        if (attempt < 2) throw new Error('not yet');
        return 'done';
      });
    }),
  ]);
  await client.send({ name: 'flaky' });
  expect(await ended('app-flaky')).toMatchObject({ status: 'completed', output: 'done' });
  expect(attempts).toEqual([0, 1, 2]);
});

it('hands a step that failed for good to the code around it', async () => {
  let tries = 0;
  const { client } = await world((c) => [
    c.createFunction({ id: 'caught', retries: 1, triggers: [{ event: 'caught' }] }, async ({ step }) => {
      try {
        await step.run('doomed', () => {
          tries += 1;
          throw new Error('no');
        });
      } catch (error) {
        return { caught: error instanceof StepError, message: error instanceof Error ? error.message : '' };
      }
    }),
  ]);
  await client.send({ name: 'caught' });
  expect((await ended('app-caught')).output).toEqual({ caught: true, message: 'no' });
  expect(tries).toBe(2);
});

it('does not retry a NonRetriableError, fails the run and calls onFailure with event and error', async () => {
  const heard: unknown[] = [];
  const finished: string[] = [];
  let tries = 0;
  const { client } = await world((c) => [
    c.createFunction(
      {
        id: 'hopeless',
        triggers: [{ event: 'hopeless' }],
        onFailure: async ({ event, error }: FailureEventArgs) => {
          heard.push([event.data.event.data, error.message, event.data.function_id]);
        },
      },
      async ({ step }) =>
        step.run('no', () => {
          tries += 1;
          throw new NonRetriableError('never');
        }),
    ),
    c.createFunction({ id: 'other', triggers: [{ event: 'x' }], onFailure: () => heard.push('wrong') }, () => 1),
    c.createFunction({ id: 'listener', triggers: [{ event: 'inngest/function.finished' }] }, async ({ event }) => {
      finished.push(event.data.function_id);
    }),
  ]);
  await client.send({ name: 'hopeless', data: { id: 7 } });
  expect(await ended('app-hopeless')).toMatchObject({ status: 'failed', error: { message: 'never' } });
  await ended('app-hopeless-failure');
  expect(tries).toBe(1);
  expect(heard).toEqual([[{ id: 7 }, 'never', 'app-hopeless']]);
  await until('the event of the end', () => finished.includes('app-hopeless'));
});

it('waits at least as long as RetryAfterError asks, and not much longer', async () => {
  const at: number[] = [];
  const { client } = await world((c) => [
    c.createFunction({ id: 'busy', triggers: [{ event: 'busy' }] }, async ({ step }) =>
      step.run('ask', () => {
        at.push(Date.now());
        if (at.length === 1) throw new RetryAfterError('busy', '2s');
      }),
    ),
  ]);
  await client.send({ name: 'busy' });
  await ended('app-busy');
  const waited = (at[1] ?? 0) - (at[0] ?? 0);
  expect(waited).toBeGreaterThanOrEqual(1950);
  expect(waited).toBeLessThan(4000);
});

it('sleeps across a restart of the executor', async () => {
  const trace: [string, number][] = [];
  const { client, restart } = await world((c) => [
    c.createFunction({ id: 'sleeper', triggers: [{ event: 'sleeper' }] }, async ({ step }) => {
      await step.run('before', () => void trace.push(['before', Date.now()]));
      await step.sleep('nap', '2s');
      await step.run('after', () => void trace.push(['after', Date.now()]));
    }),
  ]);
  await client.send({ name: 'sleeper' });
  await until('the sleep', async () => (await sql("select 1 from executor.job where kind = 'sleep'")).length === 1);
  await restart();
  expect((await ended('app-sleeper')).status).toBe('completed');
  expect(trace.map(([name]) => name)).toEqual(['before', 'after']);
  expect((trace[1]?.[1] ?? 0) - (trace[0]?.[1] ?? 0)).toBeGreaterThanOrEqual(1950);
});

it('runs parallel steps beside each other and joins them', async () => {
  let running = 0;
  let most = 0;
  const { client, app } = await world((c) => [
    c.createFunction({ id: 'parallel', triggers: [{ event: 'parallel' }] }, async ({ step }) => {
      const results = await Promise.all([
        ...[1, 2, 3].map((n) =>
          step.run(`p${n}`, async () => {
            running += 1;
            most = Math.max(most, running);
            await until('all three', () => most === 3, 3000).catch(() => undefined);
            running -= 1;
            return n;
          }),
        ),
        step.sleep('short', '1s').then(() => 10),
      ]);
      return step.run('sum', () => results.reduce((a, b) => a + b, 0));
    }),
  ]);
  await client.send({ name: 'parallel' });
  expect(await ended('app-parallel')).toMatchObject({ status: 'completed', output: 16 });
  expect(most).toBe(3);
  expect(app.calls).toBe(6); // plan, three steps, the sum, the end: nothing is asked before all have ended
});

it('lets a function send events to others, and starts one run per event id', async () => {
  const got: number[] = [];
  const { client } = await world((c) => [
    c.createFunction({ id: 'fan', triggers: [{ event: 'fan' }] }, async ({ step }) => {
      await step.sendEvent(
        'out',
        [1, 2, 3].map((n) => ({ name: 'child', id: `child-${n}`, data: { n } })),
      );
    }),
    c.createFunction(
      { id: 'child', triggers: [{ event: 'child', if: 'event.data.n != 2' }] },
      async ({ event }) => void got.push(event.data.n),
    ),
  ]);
  await client.send({ name: 'fan', id: 'once' });
  await client.send({ name: 'fan', id: 'once' });
  await until('two children', () => got.length === 2);
  await client.send({ name: 'child', id: 'child-1', data: { n: 1 } });
  await client.send({ name: 'child', id: 'child-9', data: { n: 9 } });
  await until('the last one', () => got.includes(9));
  expect([...got].sort()).toEqual([1, 3, 9]);
  expect(await runsOf('app-fan')).toHaveLength(1);
  await sql("update executor.event set received_at = now() - interval '25 hours' where id = 'once'");
  await client.send({ name: 'fan', id: 'once' });
  await until('a second start after a day', async () => (await runsOf('app-fan')).length === 2);
});

it('starts a function once per idempotency key', async () => {
  const { client } = await world((c) => [
    c.createFunction({ id: 'idem', idempotency: 'event.data.k', triggers: [{ event: 'idem' }] }, () => 1),
    c.createFunction({ id: 'mark', triggers: [{ event: 'mark' }] }, () => 1),
  ]);
  await client.send(['a', 'a', 'b'].map((k) => ({ name: 'idem', data: { k } })));
  await client.send({ name: 'mark' });
  await ended('app-mark');
  expect(await runsOf('app-idem')).toHaveLength(2);
});

it('holds an event with a time in the future until then', async () => {
  const { client } = await world((c) => [
    c.createFunction({ id: 'later', triggers: [{ event: 'later' }] }, () => Date.now()),
  ]);
  const ts = Date.now() + 1500;
  await client.send({ name: 'later', ts });
  const { output } = await ended('app-later');
  expect(Number(output)).toBeGreaterThanOrEqual(ts - 50);
  expect(Number(output)).toBeLessThan(ts + 1500);
});

it('fires a cron once per tick and makes up for a long absence once', async () => {
  const { restart, executor } = await world((c) => [
    c.createFunction({ id: 'tick', triggers: [{ cron: 'TZ=Europe/Istanbul 0 0 1 1 *' }] }, ({ event }) => event.name),
  ]);
  await executor.stop();
  const [next] = await sql<{ next_at: Date }>('select next_at from executor.cron');
  expect(next?.next_at.toISOString()).toMatch(/-12-31T21:00:00/);
  await sql("update executor.cron set next_at = now() - interval '3 years'");
  await restart();
  expect((await ended('app-tick')).output).toBe('inngest/scheduled.timer');
  const [after] = await sql<{ ahead: boolean }>('select next_at > now() as ahead from executor.cron');
  expect(after?.ahead).toBe(true);
  expect(await runsOf('app-tick')).toHaveLength(1);
});

it('never exceeds the concurrency of a key', async () => {
  const running = new Map<string, number>();
  let most = 0;
  let both = 0;
  const { client } = await world((c) => [
    c.createFunction(
      { id: 'keyed', concurrency: [{ key: 'event.data.k', limit: 2 }], triggers: [{ event: 'keyed' }] },
      async ({ event, step }) => {
        await step.run('work', async () => {
          const k = event.data.k;
          running.set(k, (running.get(k) ?? 0) + 1);
          most = Math.max(most, running.get(k) ?? 0);
          both = Math.max(
            both,
            [...running.values()].reduce((a, b) => a + b, 0),
          );
          await new Promise((resolve) => setTimeout(resolve, 15));
          running.set(k, (running.get(k) ?? 0) - 1);
        });
      },
    ),
  ]);
  await client.send(Array.from({ length: 24 }, (_, n) => ({ name: 'keyed', data: { k: n % 2 ? 'a' : 'b' } })));
  await until(
    'all runs',
    async () => (await runsOf('app-keyed')).filter((run) => run.status === 'completed').length === 24,
  );
  expect(most).toBe(2);
  expect(both).toBeGreaterThan(2);
});

it('fails a run whose step returns more than 4 MB, with a message that says what to do', async () => {
  const { client } = await world((c) => [
    c.createFunction({ id: 'big', triggers: [{ event: 'big' }] }, async ({ step }) => {
      await step.run('huge', () => 'x'.repeat(5 * 1024 * 1024));
    }),
  ]);
  await client.send({ name: 'big' });
  const run = await ended('app-big');
  expect(run.error?.message).toMatch(/"huge" returned \d+ bytes.*Return ids/);
});

it('carries a text that was cut in the middle of a character', async () => {
  const { client } = await world((c) => [
    c.createFunction({ id: 'cut', triggers: [{ event: 'cut' }] }, async ({ step }) => {
      const cut = await step.run('cut', () => 'done 🎉'.slice(0, 6));
      return step.run('use', () => cut);
    }),
  ]);
  await client.send({ name: 'cut' });
  expect(await ended('app-cut')).toMatchObject({ status: 'completed', output: 'done \ufffd' });
});

it('fails a run whose event cannot be handed over, instead of trying for ever', async () => {
  const { settings } = await world((c) => [c.createFunction({ id: 'deep', triggers: [{ event: 'deep' }] }, () => 1)]);
  const body = `{"name":"deep","data":${'['.repeat(3000)}${']'.repeat(3000)}}`;
  await fetch(`http://127.0.0.1:${settings.port}/e/${settings.eventKey}`, { method: 'POST', body });
  expect((await ended('app-deep')).error).toMatchObject({ name: 'UnusableResult' });
});

it('joins parallel steps that end at the same moment', async () => {
  const { client, app } = await world((c) => [
    c.createFunction({ id: 'join', triggers: [{ event: 'join' }] }, async ({ step }) => {
      await Promise.all([1, 2, 3, 4].map((n) => step.run(`p${n}`, () => n)));
    }),
  ]);
  await client.send(Array.from({ length: 30 }, () => ({ name: 'join' })));
  const completed = async () => (await runsOf('app-join')).filter((run) => run.status === 'completed');
  await until('all runs', async () => (await completed()).length === 30);
  expect(app.calls).toBe(30 * 6);
});

it('fires a cron once however many look at it', async () => {
  const { executor } = await world((c) => [
    c.createFunction({ id: 'tick', triggers: [{ cron: '0 0 1 1 *' }] }, () => 1),
  ]);
  await executor.stop();
  await sql('update executor.cron set next_at = now()');
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 8 });
  await Promise.all(Array.from({ length: 8 }, () => pool.query('select 1')));
  const fired = await Promise.all(Array.from({ length: 8 }, () => fireDueCrons(pool)));
  await pool.end();
  expect(fired.reduce((a, b) => a + b)).toBe(1);
});

it('lets others pass a queue whose limit is reached', async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const { client } = await world(
    (c) => [
      c.createFunction(
        { id: 'narrow', concurrency: { limit: 1 }, triggers: [{ event: 'narrow' }] },
        async ({ step }) => {
          await step.run('hold', () => released);
        },
      ),
      c.createFunction({ id: 'free', triggers: [{ event: 'free' }] }, () => 1),
    ],
    { concurrency: 2 },
  );
  await client.send(Array.from({ length: 6 }, () => ({ name: 'narrow' })));
  await client.send({ name: 'free' });
  expect((await ended('app-free')).status).toBe('completed');
  release();
  await until('the queue', async () => (await runsOf('app-narrow')).every((run) => run.status === 'completed'));
});

it('fails a run that uses an operation not done here, naming step and feature', async () => {
  const { client } = await world((c) => [
    c.createFunction({ id: 'waits', triggers: [{ event: 'waits' }] }, async ({ step }) => {
      await step.waitForEvent('approval', { event: 'approved', timeout: '1h' });
    }),
  ]);
  await client.send({ name: 'waits' });
  expect((await ended('app-waits')).error?.message).toMatch(/"approval" uses WaitForEvent/);
});

it('tells of a trigger that cannot be evaluated instead of taking it for "no"', async () => {
  const { client, log } = await world((c) => [
    c.createFunction({ id: 'odd', triggers: [{ event: 'odd', if: 'event.data.missing == 1' }] }, () => 1),
  ]);
  await client.send({ name: 'odd', data: { secret: 'hunter2' } });
  const rows = () => sql<{ problem: string }>('select problem from executor.event where problem is not null');
  await until('the problem', async () => (await rows()).length > 0);
  const [row] = await rows();
  expect(row?.problem).toMatch(/app-odd: .*No such key: missing/);
  expect(log.lines.join()).toContain('app-odd');
  expect(log.lines.join()).not.toContain('hunter2');
});

it('refuses functions that need more than it does, naming function and feature', async () => {
  const port = await freePort();
  const client = createClient(port);
  const app = await startApp(client, [
    client.createFunction(
      { id: 'batch', batchEvents: { maxSize: 5, timeout: '5s' }, triggers: [{ event: 'b' }] },
      () => 1,
    ),
    client.createFunction({ id: 'ok', triggers: [{ event: 'o' }] }, () => 1),
  ]);
  open.push({ close: () => app.close() });
  const executor = await startExecutor(settingsFor(app, port), recordingLog());
  open.push({ close: () => executor.stop() });
  await expect(executor.synced).rejects.toThrow(/"app-batch" uses batchEvents/);
});

it('calls signed; the application refuses everybody else', async () => {
  const { app } = await world((c) => [c.createFunction({ id: 'f', triggers: [{ event: 'f' }] }, () => 1)]);
  const answer = await fetch(`${app.url}?fnId=app-f&stepId=step`, { method: 'POST', body: '{"event":{}}' });
  expect(answer.status).toBe(401);
});
