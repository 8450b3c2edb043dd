import { type FailureEventArgs, NonRetriableError, RetryAfterError, StepError } from 'inngest';
import { expect, it } from 'vitest';
import { ended, sql, until } from './testing/harness';
import { cleanUpWorlds, world } from './testing/world';

cleanUpWorlds();

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

it('fails a run of more than a thousand steps', async () => {
  const { client } = await world((c) => [
    c.createFunction({ id: 'long', triggers: [{ event: 'long' }] }, async ({ step }) => {
      await Promise.all(Array.from({ length: 1001 }, (_, n) => step.run(`s${n}`, () => n)));
    }),
  ]);
  await client.send({ name: 'long' });
  expect((await ended('app-long')).error).toMatchObject({ name: 'TooManySteps' });
  expect(await sql('select 1 from executor.job')).toEqual([]);
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

it('refuses functions that need more than it does, naming function and feature', async () => {
  const { executor } = await world((c) => [
    c.createFunction({ id: 'batch', batchEvents: { maxSize: 5, timeout: '5s' }, triggers: [{ event: 'b' }] }, () => 1),
    c.createFunction({ id: 'ok', triggers: [{ event: 'o' }] }, () => 1),
  ]);
  await expect(executor.synced).rejects.toThrow(/"app-batch" uses batchEvents/);
});

it('calls signed; the application refuses everybody else', async () => {
  const { app } = await world((c) => [c.createFunction({ id: 'f', triggers: [{ event: 'f' }] }, () => 1)]);
  const answer = await fetch(`${app.url}?fnId=app-f&stepId=step`, { method: 'POST', body: '{"event":{}}' });
  expect(answer.status).toBe(401);
});
