import type { Pool } from 'pg';
import { inTransaction } from './database';

/** Numbers of the advisory locks; any constant will do as long as nobody else takes it. `alive` is the first of two. */
export const LOCKS = { migrate: 7_203_001, claim: 7_203_002, alive: 7_203_004 };

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
  `
  alter table executor.run drop constraint run_status_check;
  alter table executor.run add check (status in ('running', 'completed', 'failed', 'cancelled'));
  alter table executor.run drop column step_count;
  alter table executor.run add column singleton_key text;
  create unique index run_singleton on executor.run (singleton_key) where status = 'running' and singleton_key is not null;
  create index run_running on executor.run (fn_id, created_at) where status = 'running';
  create index run_recent on executor.run (created_at);
  create index run_failed on executor.run (ended_at) where status = 'failed';

  alter table executor.job add column made_at timestamptz not null default now();

  create table executor.function (
    id text primary key,
    name text not null,
    events text[] not null,
    crons text[] not null,
    retries int not null,
    seen_at timestamptz not null default now()
  );

  create table executor.process (
    owner uuid primary key,
    host text not null,
    started_at timestamptz not null default now(),
    seen_at timestamptz not null default now()
  );

  -- Claims up to "room" calls that are due. One claim at a time across all processes, and the lock is taken before the
  -- rows are looked at, so that a limit holds however many executors there are. A claim need not survive a crash of the
  -- database (the call would be claimed again, its answer dropped), so its commit waits for no disk.
  create function executor.claim(owner uuid, room int, lease_ms float8) returns json language plpgsql as $$
  #variable_conflict use_column
  declare
    claimed json;
    left_behind boolean;
  begin
    perform set_config('synchronous_commit', 'off', true);
    perform pg_advisory_xact_lock(${LOCKS.claim});
    with busy as materialized (
      select key, count(*) as taken from executor.job j, unnest(j.slot_keys) key where j.lock is not null group by key
    ), due as (
      select j.id, j.run_at, j.slot_keys, j.slot_limits from executor.job j
      where j.lock is null and j.kind <> 'sleep' and j.run_at <= now()
        and not exists (
          select 1 from unnest(j.slot_keys, j.slot_limits) as s(key, slot_limit)
          join busy b on b.key = s.key where b.taken >= s.slot_limit)
      order by j.run_at, j.id limit claim.room for update skip locked
    ), ranked as (
      select d.id, s.slot_limit - coalesce(b.taken, 0) as free,
             row_number() over (partition by s.key order by d.run_at, d.id) as rank
      from due d cross join unnest(d.slot_keys, d.slot_limits) as s(key, slot_limit) left join busy b on b.key = s.key
    ), taken as (
      update executor.job j set lock = gen_random_uuid(), locked_by = claim.owner,
             locked_until = now() + claim.lease_ms * interval '1 millisecond'
      from executor.run r
      where r.id = j.run_id
        and j.id in (select d.id from due d where not exists (select 1 from ranked k where k.id = d.id and k.rank > k.free))
      returning j.run_at, j.id, j.lock, j.run_id, r.fn_id, r.event, j.kind, j.step_id, j.attempt, j.put_backs, r.max_attempts
    )
    select coalesce(json_agg(json_build_object(
        'id', t.id::text, 'lock', t.lock, 'runId', t.run_id, 'fnId', t.fn_id, 'event', t.event, 'kind', t.kind,
        'stepId', t.step_id, 'attempt', t.attempt, 'putBacks', t.put_backs, 'maxAttempts', t.max_attempts,
        'hasSteps', exists (select 1 from executor.step s where s.run_id = t.run_id)) order by t.run_at, t.id), '[]'),
      count(*) > 0 and count(*) < (select count(*) from due)
    into claimed, left_behind from taken t;
    return json_build_object(
      'jobs', claimed,
      'more', left_behind,
      'sleepers', exists (select 1 from executor.job j where j.lock is null and j.kind = 'sleep' and j.run_at <= now()),
      'nextMs', (select extract(epoch from min(j.run_at) - now()) * 1000 from executor.job j
                 where j.lock is null and j.run_at > now()));
  end $$;
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
