import pg from 'pg';
import { expect, it } from 'vitest';
import { fireDueCrons } from './cron';
import { ended, runsOf, sql, until } from './testing/harness';
import { cleanUpWorlds, world } from './testing/world';

cleanUpWorlds();

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
  await executor.synced;
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
  await executor.synced;
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
