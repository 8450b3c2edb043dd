import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hashedSigningKey } from './protocol';
import { type Executor, startExecutor } from './start';
import { closeSql, KEYS, recordingLog, settingsFor, sql } from './testing/harness';

let executor: Executor;
const log = recordingLog();
beforeAll(async () => {
  // No application listens on port 1: events are taken and kept all the same.
  executor = await startExecutor(settingsFor({ port: 1 }, 0), log);
});
afterAll(async () => {
  await executor.stop();
  await closeSql();
});

async function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await fetch(executor.url + path, { method: 'POST', body: text, headers });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const key = `/e/${KEYS.eventKey}`;
const stored = (name: string) =>
  sql<{ id: string; body: object }>('select id, body from executor.event where name = $1', [name]);

describe('taking events', () => {
  it('keeps one event or several, with the id they came with', async () => {
    expect(await post(key, { name: 'one', id: 'mine', data: { a: 1 } })).toEqual({
      status: 200,
      body: { ids: ['mine'], status: 200 },
    });
    const many = await post(key, [{ name: 'two' }, { name: 'two' }]);
    expect(many.body.ids).toHaveLength(2);
    expect(await stored('two')).toHaveLength(2);
    expect((await stored('one'))[0]?.body).toMatchObject({ id: 'mine', name: 'one', data: { a: 1 } });
  });

  it('stores a repeated request once when it carries the same seed', async () => {
    const seed = { 'x-inngest-event-id-seed': '1767323045000,AAECAwQFBgcICQ==' };
    const first = await post(key, [{ name: 'seeded' }, { name: 'seeded' }], seed);
    const again = await post(key, [{ name: 'seeded' }, { name: 'seeded' }], seed);
    expect(again.body.ids).toEqual(first.body.ids);
    expect(new Set(first.body.ids as string[]).size).toBe(2);
    expect(await stored('seeded')).toHaveLength(2);
  });

  it('takes the same id under another name for another event', async () => {
    await post(key, [
      { name: 'left', id: 'x' },
      { name: 'right', id: 'x' },
    ]);
    expect([...(await stored('left')), ...(await stored('right'))]).toHaveLength(2);
  });

  it.each([
    ['a wrong key', '/e/other', { name: 'bad' }, 401, /event key/],
    ['no JSON', key, '{', 400, /not JSON/],
    ['no name', key, [{ name: 'bad' }, { data: {} }], 400, /Event 1 has no name/],
    ['something else', key, ['bad'], 400, /Event 0 is not an object/],
    ['a reserved name', key, { name: 'inngest/function.failed' }, 400, /reserved/],
    ['an id that is too long', key, { name: 'bad', id: 'x'.repeat(513) }, 400, /id is not usable/],
    ['a large event', key, { name: 'bad', data: 'x'.repeat(600_000) }, 413, /Send an id/],
    ['another address', '/v0/gql', {}, 404, /no such address/],
  ])('refuses %s and keeps nothing of it', async (_what, path, body, status, message) => {
    const answer = await post(path, body);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatch(message);
    expect(await stored('bad')).toEqual([]);
  });

  it('writes nothing about the content to the log', async () => {
    await post(key, { name: 'quiet', data: { password: 'hunter2' } });
    await post(key, '{"password":"hunter2"');
    expect(log.lines.join('\n')).not.toMatch(/hunter2|event-key-of-the-tests/);
  });
});

it('hears of new functions from who knows the signing key alone', async () => {
  const authorization = `Bearer ${hashedSigningKey(KEYS.signingKey)}`;
  expect((await post('/fn/register', { functions: [] }, { authorization })).status).toBe(200);
  expect((await post('/fn/register', { functions: [] }, { authorization: 'Bearer x' })).status).toBe(401);
});

it('says that it waits for the application', async () => {
  const answer = await fetch(`${executor.url}/health`);
  expect(await answer.json()).toMatchObject({ status: 'ok', database: 'ok', application: 'waiting' });
});

it('keeps its tables when it starts again, and refuses tables from the future', async () => {
  const again = await startExecutor(settingsFor({ port: 1 }, 0), log);
  await again.stop();
  expect(await stored('one')).toHaveLength(1);
  await sql('insert into executor.version (version) values (999)');
  await expect(startExecutor(settingsFor({ port: 1 }, 0), log)).rejects.toThrow(/version 999.*newer release/);
  await sql('delete from executor.version where version = 999');
});

it('clears away what ended more than seven days ago, and nothing else', async () => {
  const { cleanUp } = await import('./cleanup');
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL });
  await sql('truncate executor.run, executor.event cascade');
  await sql(`insert into executor.run (fn_id, event, max_attempts, status, ended_at) values
    ('old', '{}', 1, 'completed', now() - interval '8 days'),
    ('young', '{}', 1, 'completed', now() - interval '6 days'),
    ('running', '{}', 1, 'running', null)`);
  await sql("insert into executor.step (run_id, id, result) select id, 's', 'null' from executor.run");
  await sql(`insert into executor.event (id, name, body, received_at, route_at) values
    ('old', 'e', '{}', now() - interval '8 days', null),
    ('waiting', 'e', '{}', now() - interval '8 days', now() + interval '1 day'),
    ('young', 'e', '{}', now(), null)`);
  await sql(
    "insert into executor.once values ('old', now() - interval '1 second'), ('young', now() + interval '1 hour')",
  );
  expect(await cleanUp(pool)).toBe(3);
  await pool.end();
  const left = await sql<{ fn_id: string }>(
    'select r.fn_id from executor.run r join executor.step s on s.run_id = r.id order by 1',
  );
  expect(left.map((row) => row.fn_id)).toEqual(['running', 'young']);
  expect((await sql<{ id: string }>('select id from executor.event order by id')).map((row) => row.id)).toEqual([
    'waiting',
    'young',
  ]);
});
