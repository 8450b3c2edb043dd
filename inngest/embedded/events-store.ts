import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { type Db, inTransaction } from './database';
import { reasonOf } from './settings';

/** An event as it was received, with id and time filled in. */
export interface EventBody {
  id: string;
  name: string;
  data: unknown;
  ts: number;
  [other: string]: unknown;
}

export interface DueEvent {
  seq: string;
  id: string;
  name: string;
  body: EventBody;
  onlyFunction: string | null;
}

export interface RunStart {
  fnId: string;
  event: EventBody;
  maxAttempts: number;
  slotKeys: string[];
  slotLimits: number[];
  /** At most one run per key within a day; null = no such rule. */
  onceKey: string | null;
  /** At most one run at a time per key; null = no such rule. */
  singleton: { key: string; mode: 'skip' | 'cancel' } | null;
}

/** Whom an event calls off: runs of a function to which `fits` applies. */
export interface Cancellation {
  fnId: string;
  /** Only runs that began at most so long ago; null = all. */
  withinMs: number | null;
  fits(started: EventBody): boolean;
}

export interface Routing {
  starts: RunStart[];
  cancels: Cancellation[];
  problem: string | null;
}

export const WAKE_CHANNEL = 'hyble_executor_wake';
/** What a notification says when calls were left behind. */
export const HANDED_BACK = 'handed-back';

/**
 * Stores events at once or not at all. An event whose id was seen within the last 24 hours under the same name starts
 * nothing again; later than that it counts as new. What an event starts is started in the same statement where it only
 * needs rows of its own (`route` answers with starts); the rest is left to the router. Answers whether any was.
 */
export async function storeEvents(
  pool: Pool,
  events: EventBody[],
  route: (event: EventBody) => RunStart[] | null,
): Promise<{ left: boolean }> {
  const first = new Map(events.map((event) => [`${event.name}\0${event.id}`, event] as const).reverse());
  const given = [...first.values()].reverse().map((event) => {
    // The wait is measured by the clock that made `ts`: a database clock that differs must not delay every event.
    const delay = Math.max(0, event.ts - Date.now());
    return { event, delay, starts: delay > 0 ? null : route(event) };
  });
  const starts = given.flatMap((each) => each.starts ?? []);
  await pool.query({
    name: 'store-events',
    text: `with stored as (
        insert into executor.event as e (id, name, body, route_at)
        select x.id, x.name, x.body::json, now() + x.delay * interval '1 millisecond'
        from unnest($1::text[], $2::text[], $3::text[], $4::float8[]) with ordinality as x(id, name, body, delay, position)
        order by x.position
        on conflict (name, id) do update
          set body = excluded.body, received_at = now(), route_at = excluded.route_at, problem = null
          where e.received_at < now() - interval '24 hours'
        returning id, name)
      , started as (
        insert into executor.run (fn_id, event, max_attempts, slot_keys, slot_limits)
        select x.fn_id, x.event::json, x.max_attempts,
               array(select json_array_elements_text(x.keys::json)),
               array(select json_array_elements_text(x.limits::json)::int)
        from unnest($5::text[], $6::text[], $7::int[], $8::text[], $9::text[], $10::text[], $11::text[])
             with ordinality as x(fn_id, event, max_attempts, keys, limits, event_id, event_name, position)
        join stored s on s.id = x.event_id and s.name = x.event_name
        order by x.position
        returning id, slot_keys, slot_limits)
      , jobs as (
        insert into executor.job (run_id, kind, slot_keys, slot_limits)
        select id, 'discover', slot_keys, slot_limits from started)
      select pg_notify('${WAKE_CHANNEL}', '')`,
    values: [
      given.map(({ event }) => event.id),
      given.map(({ event }) => event.name),
      given.map(({ event }) => JSON.stringify(event)),
      given.map(({ delay, starts: own }) => (own ? null : delay)),
      ...startColumns(starts),
      starts.map((start) => start.event.id),
      starts.map((start) => start.event.name),
    ],
  });
  return { left: given.some((each) => each.starts === null) };
}

const startColumns = (starts: RunStart[]) => [
  starts.map((start) => start.fnId),
  starts.map((start) => JSON.stringify(start.event)),
  starts.map((start) => start.maxAttempts),
  starts.map((start) => JSON.stringify(start.slotKeys)),
  starts.map((start) => JSON.stringify(start.slotLimits)),
];

/** Inserts one event that is routed when its time has come; `onlyFunction` keeps it from every other function. */
export async function insertEvent(db: Db, event: EventBody, onlyFunction: string | null = null): Promise<void> {
  await db.query(
    `insert into executor.event as e (id, name, body, route_at, only_function)
     values ($1, $2, $3::json, now() + $4 * interval '1 millisecond', $5)
     on conflict (name, id) do update
       set body = excluded.body, received_at = now(), route_at = excluded.route_at, problem = null
       where e.received_at < now() - interval '24 hours'`,
    // The wait is measured by the clock that made `ts`: a database clock that differs must not delay every event.
    [event.id, event.name, JSON.stringify(event), Math.max(0, event.ts - Date.now()), onlyFunction],
  );
}

export function internalEvent(name: string, data: unknown, nowMs: number): EventBody {
  return { id: randomUUID(), name, data, ts: nowMs };
}

/** Takes events whose time has come, asks `route` what they start and call off, and does it, all in one transaction. */
export async function routeDueEvents(
  pool: Pool,
  limit: number,
  route: (event: DueEvent) => Routing,
  cancel: (db: Db, run: RunningRun, reason: string) => Promise<unknown>,
): Promise<{ events: number; runs: number }> {
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<DueEvent>(
      `select seq, id, name, body, only_function as "onlyFunction" from executor.event
       where route_at <= now() order by route_at, seq limit $1 for update skip locked`,
      [limit],
    );
    if (rows.length === 0) return { events: 0, runs: 0 };
    const problems: (string | null)[] = [];
    const plain: RunStart[] = [];
    let runs = 0;
    for (const event of rows) {
      const { starts, cancels, problem } = route(event);
      const broken: string[] = [];
      for (const each of cancels) broken.push(...(await callOff(db, each, event, cancel)));
      for (const start of starts) {
        if (start.onceKey !== null && !(await takeOnce(db, start.onceKey))) continue;
        runs += 1;
        if (start.singleton) await startSingleton(db, start, start.singleton, cancel);
        else plain.push(start);
      }
      problems.push([problem, ...broken].filter(Boolean).join('; ') || null);
    }
    await insertRuns(db, plain);
    await db.query(
      `update executor.event e set route_at = null, problem = x.problem
       from unnest($1::bigint[], $2::text[]) as x(seq, problem) where e.seq = x.seq`,
      [rows.map((each) => each.seq), problems],
    );
    return { events: rows.length, runs };
  });
}

export interface RunningRun {
  id: string;
  fnId: string;
  event: EventBody;
}

/** Ends the runs that an event calls off; answers with what could not be evaluated. */
async function callOff(
  db: Db,
  { fnId, withinMs, fits }: Cancellation,
  event: DueEvent,
  cancel: (db: Db, run: RunningRun, reason: string) => Promise<unknown>,
): Promise<string[]> {
  const { rows } = await db.query<RunningRun>(
    `select id, fn_id as "fnId", event from executor.run
     where status = 'running' and fn_id = $1 and ($2::float8 is null or created_at > now() - $2 * interval '1 millisecond')
     order by created_at`,
    [fnId, withinMs],
  );
  const problems: string[] = [];
  for (const run of rows) {
    try {
      if (!fits(run.event)) continue;
    } catch (error) {
      problems.push(`${fnId}: ${reasonOf(error).split('\n')[0]}`);
      continue;
    }
    await cancel(db, run, `Called off by the event "${event.name}".`);
  }
  return problems;
}

/** One run at a time per key: another one is left out, or the one that runs is called off. */
async function startSingleton(
  db: Db,
  start: RunStart,
  { key, mode }: NonNullable<RunStart['singleton']>,
  cancel: (db: Db, run: RunningRun, reason: string) => Promise<unknown>,
): Promise<void> {
  // Two routers with the same key one after another; the unique index would refuse the second with an error.
  await db.query('select pg_advisory_xact_lock(hashtextextended($1, 0))', [key]);
  const { rows } = await db.query<RunningRun>(
    `select id, fn_id as "fnId", event from executor.run where status = 'running' and singleton_key = $1`,
    [key],
  );
  if (rows.length > 0 && mode === 'skip') return;
  for (const run of rows) await cancel(db, run, 'Called off because a newer run of this function began.');
  await insertRuns(db, [start]);
}

async function takeOnce(db: Db, key: string): Promise<boolean> {
  const { rowCount } = await db.query(
    `insert into executor.once as o (key, until) values ($1, now() + interval '24 hours')
     on conflict (key) do update set until = excluded.until where o.until < now()`,
    [key],
  );
  return rowCount === 1;
}

async function insertRuns(db: Db, starts: RunStart[]): Promise<void> {
  if (starts.length === 0) return;
  await db.query(
    `with started as (
       insert into executor.run (fn_id, event, max_attempts, slot_keys, slot_limits, singleton_key)
       select x.fn_id, x.event::json, x.max_attempts,
              array(select json_array_elements_text(x.keys::json)),
              array(select json_array_elements_text(x.limits::json)::int), x.singleton_key
       from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[])
            with ordinality as x(fn_id, event, max_attempts, keys, limits, singleton_key, position)
       order by x.position
       returning id, slot_keys, slot_limits)
     insert into executor.job (run_id, kind, slot_keys, slot_limits)
     select id, 'discover', slot_keys, slot_limits from started`,
    [...startColumns(starts), starts.map((start) => start.singleton?.key ?? null)],
  );
}

/** Milliseconds until the next event that waits for its time; null when none does. */
export async function nextEventIn(db: Db): Promise<number | null> {
  const { rows } = await db.query<{ ms: number | null }>(
    `select (extract(epoch from min(route_at) - now()) * 1000)::float8 as ms
     from executor.event where route_at is not null`,
  );
  return rows[0]?.ms ?? null;
}
