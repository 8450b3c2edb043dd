import type { Pool } from 'pg';
import { inTransaction } from './database';

/** Numbers of the advisory locks; any constant will do as long as nobody else takes it. */
export const LOCKS = { migrate: 7_203_001, claim: 7_203_002, leader: 7_203_003 };

/** Applied in order, each once. `json` and not `jsonb`: jsonb refuses the character NUL, which a step may return. */
const VERSIONS: string[] = [
  `
  create table executor.event (
    seq bigint generated always as identity primary key,
    id text not null,
    name text not null,
    body json not null,
    received_at timestamptz not null default now(),
    route_at timestamptz,
    only_function text,
    problem text,
    unique (name, id)
  );
  create index event_due on executor.event (route_at) where route_at is not null;
  create index event_received on executor.event (received_at);

  create table executor.run (
    id uuid primary key default gen_random_uuid(),
    fn_id text not null,
    event json not null,
    status text not null default 'running' check (status in ('running', 'completed', 'failed')),
    max_attempts int not null,
    slot_keys text[] not null default '{}',
    slot_limits int[] not null default '{}',
    step_count int not null default 0,
    state_bytes bigint not null default 0,
    output json,
    error json,
    created_at timestamptz not null default now(),
    ended_at timestamptz
  );
  create index run_ended on executor.run (ended_at) where ended_at is not null;

  create table executor.step (
    seq bigint generated always as identity primary key,
    run_id uuid not null references executor.run on delete cascade,
    id text not null,
    name text,
    result json not null,
    created_at timestamptz not null default now(),
    unique (run_id, id)
  );

  create table executor.job (
    id bigint generated always as identity primary key,
    run_id uuid not null references executor.run on delete cascade,
    kind text not null check (kind in ('discover', 'step', 'sleep')),
    step_id text,
    attempt int not null default 0,
    put_backs int not null default 0,
    run_at timestamptz not null default now(),
    slot_keys text[] not null default '{}',
    slot_limits int[] not null default '{}',
    lock uuid,
    locked_by uuid,
    locked_until timestamptz,
    unique nulls not distinct (run_id, step_id)
  );
  create index job_due on executor.job (run_at, id) where lock is null;
  create index job_leased on executor.job (locked_until) where lock is not null;

  create table executor.cron (
    fn_id text not null,
    cron text not null,
    next_at timestamptz not null,
    primary key (fn_id, cron)
  );

  create table executor.once (
    key text primary key,
    until timestamptz not null
  );
  `,
];

/** Creates or brings up to date the schema `executor`; safe to run from two processes at once. */
export async function migrate(pool: Pool): Promise<void> {
  await inTransaction(pool, async (db) => {
    await db.query('select pg_advisory_xact_lock($1)', [LOCKS.migrate]);
    await db.query('create schema if not exists executor');
    await db.query(
      'create table if not exists executor.version (version int primary key, at timestamptz default now())',
    );
    const { rows } = await db.query<{ version: number }>(
      'select coalesce(max(version), 0) as version from executor.version',
    );
    const current = rows[0]?.version ?? 0;
    if (current > VERSIONS.length) {
      throw new Error(
        `The executor's tables are of version ${current}, this program knows ${VERSIONS.length}. ` +
          'A newer release has used this database; start that one, or restore a backup from before.',
      );
    }
    for (let version = current; version < VERSIONS.length; version += 1) {
      await db.query(VERSIONS[version] ?? '');
      await db.query('insert into executor.version (version) values ($1)', [version + 1]);
    }
  });
}
