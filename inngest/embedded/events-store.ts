import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';
import { type Db, inTransaction } from './database';

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
}

export const WAKE_CHANNEL = 'hyble_executor_wake';

/**
 * Stores events in one transaction. An event whose id was seen within the last 24 hours under the same name starts
 * nothing again; later than that it counts as new.
 */
export async function storeEvents(pool: Pool, events: EventBody[]): Promise<void> {
  await inTransaction(pool, async (db) => {
    for (const event of events) await insertEvent(db, event);
    await db.query(`notify ${WAKE_CHANNEL}`);
  });
}

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

export interface Routing {
  starts: RunStart[];
  problem: string | null;
}

/** Takes events whose time has come, asks `route` what they start, and starts it, all in one transaction. */
export async function routeDueEvents(
  pool: Pool,
  limit: number,
  route: (event: DueEvent) => Routing,
): Promise<{ events: number; runs: number }> {
  return inTransaction(pool, async (db) => {
    const { rows } = await db.query<DueEvent>(
      `select seq, id, name, body, only_function as "onlyFunction" from executor.event
       where route_at <= now() order by route_at, seq limit $1 for update skip locked`,
      [limit],
    );
    if (rows.length === 0) return { events: 0, runs: 0 };
    const routed = rows.map((event) => ({ seq: event.seq, ...route(event) }));
    const starts: RunStart[] = [];
    for (const start of routed.flatMap((each) => each.starts)) {
      if (start.onceKey === null || (await takeOnce(db, start.onceKey))) starts.push(start);
    }
    await insertRuns(db, starts);
    await db.query(
      `update executor.event e set route_at = null, problem = x.problem
       from unnest($1::bigint[], $2::text[]) as x(seq, problem) where e.seq = x.seq`,
      [routed.map((each) => each.seq), routed.map((each) => each.problem)],
    );
    return { events: rows.length, runs: starts.length };
  });
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
       insert into executor.run (fn_id, event, max_attempts, slot_keys, slot_limits)
       select x.fn_id, x.event::json, x.max_attempts,
              array(select json_array_elements_text(x.keys::json)),
              array(select json_array_elements_text(x.limits::json)::int)
       from unnest($1::text[], $2::text[], $3::int[], $4::text[], $5::text[])
            with ordinality as x(fn_id, event, max_attempts, keys, limits, position)
       order by x.position
       returning id, slot_keys, slot_limits)
     insert into executor.job (run_id, kind, slot_keys, slot_limits)
     select id, 'discover', slot_keys, slot_limits from started`,
    [
      starts.map((start) => start.fnId),
      starts.map((start) => JSON.stringify(start.event)),
      starts.map((start) => start.maxAttempts),
      starts.map((start) => JSON.stringify(start.slotKeys)),
      starts.map((start) => JSON.stringify(start.slotLimits)),
    ],
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
