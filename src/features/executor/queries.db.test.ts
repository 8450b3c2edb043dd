import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { migrate } from '../../../inngest/embedded/schema';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeService } from '../../../prisma/factories/service';
import { needsAttention } from '../dashboard/attention';
import { recordHeartbeat } from '../health/record-heartbeat';
import { getExecutor } from './queries';
import { findStalled } from './stalled';

const shared = process.env as Record<string, string | undefined>;
let pool: pg.Pool;

beforeAll(() => {
  shared.HYBLE_EXECUTOR = 'embedded'; // read once, before the first use
  pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 2 });
  pool.on('error', () => undefined); // the database of this file is dropped with its connections
});
afterAll(() => pool.end());
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "Customer", "Product", "ServerModule", "Heartbeat" CASCADE`;
  await db.$executeRaw`DROP SCHEMA IF EXISTS executor CASCADE`;
  await recordHeartbeat('executor');
});

const run = (fnId: string, status: string, event: object, error: object | null = null, ended = 'now()') =>
  pool.query(
    `insert into executor.run (fn_id, event, max_attempts, status, error, ended_at)
     values ($1, $2, 5, $3, $4, case when $3 = 'running' then null else ${ended} end) returning id`,
    [fnId, JSON.stringify(event), status, error && JSON.stringify(error)],
  );

describe('the page of the executor', () => {
  it('says what can be known where no embedded executor has worked', async () => {
    const page = await getExecutor();
    expect(page).toMatchObject({ mode: 'embedded', state: 'ok', stalled: null, own: null });
    expect(page.heartbeatAt).not.toBeNull();
  });

  it('shows functions with their next fire, who is there, and runs with what they were about', async () => {
    await migrate(pool);
    const { id: serviceId } = await makeService({ domain: 'play.example.com' });
    const { id: operationId } = await makeOperation({ serviceId, state: 'FAILED' });
    await pool.query(`insert into executor.function values ('hyble-provision-service', 'p', '{operation/create.requested}', '{}', 4),
      ('hyble-sync-usage', 's', '{}', '{*/5 * * * *}', 2)`);
    await pool.query(
      `insert into executor.cron values ('hyble-sync-usage', '*/5 * * * *', now() + interval '3 minutes')`,
    );
    await pool.query(`insert into executor.process (owner, host, seen_at) values
      (gen_random_uuid(), 'one', now()), (gen_random_uuid(), 'gone', now() - interval '2 minutes')`);
    const about = { data: { operationId, dispatch: 1 } };
    await run('hyble-provision-service', 'failed', about, { name: 'Error', message: 'no such node' });
    await run('hyble-provision-service', 'running', { data: { operationId: 'of a service that is gone' } });
    await run('hyble-heartbeat', 'completed', {});
    const { own } = await getExecutor();
    expect(own?.processes.map(({ host }) => host)).toEqual(['one']);
    expect(own?.functions).toMatchObject([
      { id: 'hyble-provision-service', running: 1, failed: 1, completed: 0, nextAt: null },
      { id: 'hyble-sync-usage', crons: ['*/5 * * * *'], running: 0 },
    ]);
    expect(Date.parse(own?.functions[1]?.nextAt ?? '')).toBeGreaterThan(Date.now());
    expect(own?.failed).toMatchObject([
      { error: 'no such node', about: { kind: 'service', id: serviceId, title: 'play.example.com' } },
    ]);
    expect(own?.recent.map(({ status, about: what }) => [status, what?.title ?? null])).toEqual([
      ['running', null],
      ['failed', 'play.example.com'],
    ]);
  });
});

describe('work that waits while nothing ends', () => {
  const age = (minutes: number) =>
    db.$executeRaw`UPDATE "Operation" SET "createdAt" = now() - make_interval(mins => ${minutes}::int),
      "updatedAt" = now() - make_interval(mins => ${minutes}::int), "startedAt" = "startedAt" - make_interval(mins => ${minutes}::int),
      "finishedAt" = "finishedAt" - make_interval(mins => ${minutes}::int)`;

  it('is an alarm after five minutes, in every mode, and on the dashboard', async () => {
    await makeOperation({ state: 'QUEUED' });
    await age(4);
    expect(await findStalled()).toBeNull();
    await age(7);
    expect(await findStalled()).toEqual({ minutes: 7, waiting: 1 });
    expect((await getExecutor()).state).toBe('stalled');
    expect((await needsAttention([])).map(({ kind }) => kind)).toContain('executor-stalled');
  });

  it('is none while something moves, or when nothing is due', async () => {
    await makeOperation({ state: 'QUEUED' });
    await makeOperation({ state: 'WAITING' });
    await age(60);
    await makeOperation({ state: 'SUCCEEDED', finishedAt: new Date() });
    expect(await findStalled()).toBeNull();
    await db.$executeRaw`UPDATE "Operation" SET "state" = 'WAITING' WHERE "state" = 'QUEUED'`;
    await age(60);
    expect(await findStalled()).toBeNull();
  });

  it('is seen in the queue of the embedded executor too, where no operation is concerned', async () => {
    await migrate(pool);
    await run('hyble-send-email', 'running', {});
    await pool.query(
      `insert into executor.job (run_id, kind, run_at) select id, 'discover', now() - interval '9 minutes' from executor.run`,
    );
    expect(await findStalled()).toEqual({ minutes: 9, waiting: 1 });
    await run('hyble-send-email', 'completed', {});
    expect(await findStalled()).toBeNull();
  });
});
