import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { childrenOf, isAlive } from '../setup/processes';
import { databaseUrl } from './testing/panel-database';
import { AT_REST, type Place, World } from './testing/world';

// One kill meets many orders, each held at a point of its own: inside a step at its first or last write, or after it, where
// its result is on its way into the executor's memory. What holds them is the database: a trigger on the write waits for
// a lock that the test has. A statement whose process died goes on or is undone as it would after any lost connection.
const LOCK = 7_299_001;
const LATE_MS = 6000;

interface Point {
  kind: 'CREATE' | 'TERMINATE';
  at: string;
  /** The write that waits; null = the panel itself is late. */
  table: string | null;
}
const step = (kind: Point['kind'], id: string): Point => ({ kind, at: `after ${id}`, table: 'executor.step' });
const POINTS: Point[] = [
  { kind: 'CREATE', at: 'in select-server', table: '"Placement"' },
  step('CREATE', 'select-server'),
  { kind: 'CREATE', at: 'in create-account, before the call', table: '"OperationAttempt"' },
  { kind: 'CREATE', at: 'in create-account, after the call', table: '"OperationAttempt"' },
  step('CREATE', 'create-account'),
  { kind: 'CREATE', at: 'in persist', table: '"Service"' },
  step('CREATE', 'persist'),
  { kind: 'CREATE', at: 'in send-welcome-email', table: '"EmailMessage"' },
  step('CREATE', 'send-welcome-email'),
  { kind: 'TERMINATE', at: 'in act, before the call', table: '"OperationAttempt"' },
  { kind: 'TERMINATE', at: 'in act, after the call', table: '"OperationAttempt"' },
  step('TERMINATE', 'act'),
  { kind: 'TERMINATE', at: 'in persist', table: '"Service"' },
  step('TERMINATE', 'persist'),
  { kind: 'CREATE', at: 'in create-account, during the call', table: null },
  { kind: 'TERMINATE', at: 'in act, during the call', table: null },
];
const AFTER = POINTS.filter(({ at }) => at.startsWith('after '));
const DURING = POINTS.filter(({ table }) => table === null);
const INSIDE = POINTS.filter((point) => !AFTER.includes(point) && !DURING.includes(point));
const NAMES = POINTS.map(({ kind, at }) => `${kind} ${at}`);

/** Who is held where: the rows of `held_at` name a service and a point of its operation. */
const HOLDS = `
  create schema kill_points;
  create table kill_points.held_at (product text, kind text, at text, primary key (product, kind));
  create function kill_points.wait(operation text, point text) returns void language plpgsql as $$
  begin
    if exists (select from "Operation" o join "Service" v on v.id = o."serviceId"
      join kill_points.held_at h on h.product = v."productId" and h.kind = o.kind::text and h.at = point
      where o.id = operation)
    then perform pg_advisory_xact_lock_shared(${LOCK}); end if;
  end $$;
  create function kill_points.placement() returns trigger language plpgsql as $$
  begin perform kill_points.wait(new."operationId", 'in select-server'); return new; end $$;
  create function kill_points.attempt() returns trigger language plpgsql as $$
  begin
    if new.call in ('create', 'terminate') then
      perform kill_points.wait(new."operationId", case new.call when 'create' then 'in create-account, ' else 'in act, ' end
        || case when tg_op = 'INSERT' then 'before the call' else 'after the call' end);
    end if;
    return new;
  end $$;
  create function kill_points.service() returns trigger language plpgsql as $$
  begin
    if new.status <> old.status then
      perform kill_points.wait((select id from "Operation" where "serviceId" = new.id order by "createdAt" desc limit 1), 'in persist');
    end if;
    return new;
  end $$;
  create function kill_points.email() returns trigger language plpgsql as $$
  begin
    if new."claimedUntil" is not null then perform kill_points.wait(new."operationId", 'in send-welcome-email'); end if;
    return new;
  end $$;
  create function kill_points.step() returns trigger language plpgsql as $$
  begin
    perform kill_points.wait((select event->'data'->>'operationId' from executor.run where id = new.run_id), 'after ' || new.name);
    return new;
  end $$;
  create trigger kill_points before insert on "Placement" for each row execute function kill_points.placement();
  create trigger kill_points before insert or update on "OperationAttempt" for each row execute function kill_points.attempt();
  create trigger kill_points before update on "Service" for each row execute function kill_points.service();
  create trigger kill_points before update on "EmailMessage" for each row execute function kill_points.email();
  create trigger kill_points before insert on executor.step for each row execute function kill_points.step();
`;

let world: World;
let lock: pg.Client;
const places = new Map<string, Place>();

beforeAll(async () => {
  world = await World.start({ HYBLE_TIME_LIMIT_SECONDS: '8' });
  for (const name of NAMES) places.set(name, await world.place(name, [null]));
  lock = new pg.Client({ connectionString: databaseUrl(world.demo.folder) });
  await lock.connect();
  await lock.query(HOLDS);
});
afterEach(() => lock.query('select pg_advisory_unlock_all()'));
afterAll(async () => {
  await lock?.end();
  await world?.end();
});

const nameOf = ({ kind, at }: Point) => `${kind} ${at}`;

function placeOf(point: Point): Place {
  const place = places.get(nameOf(point));
  if (!place) throw new Error(`No place for ${nameOf(point)}`);
  return place;
}

/** Orders or removes the service of a point and leaves it there. */
async function bring(point: Point, serviceId: string | undefined): Promise<string> {
  const place = placeOf(point);
  await world.sql('insert into kill_points.held_at values ($1, $2, $3)', [place.productId, point.kind, point.at]);
  if (point.table === null) {
    const op = point.kind === 'CREATE' ? 'create' : 'terminate';
    await world.panels[0]?.fault({ op, fault: 'late', times: 1, delayMs: LATE_MS });
  }
  if (!serviceId) return world.order(place);
  await world.admin.mutate('services.terminate', { id: serviceId, now: true });
  return serviceId;
}

/** The writes that wait for the lock; asked outside of every transaction. */
async function waiting(): Promise<string[]> {
  const rows = await world.sql<{ write: string }>(
    `select substr(regexp_replace(a.query, '\\s+', ' ', 'g'), 1, 60) as write from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'advisory' and l.objid = ${LOCK} and not l.granted order by 1`,
  );
  return rows.map(({ write }) => write);
}

async function until(what: string, wanted: number, seen: () => Promise<unknown[]>): Promise<void> {
  await expect.poll(seen, { timeout: 12_000, interval: 50, message: what }).toHaveLength(wanted);
}

/** Calls that a panel has not answered yet: those whose answer waits to be written are not among them. */
const openCalls = () =>
  world.sql(
    `select 1 from "OperationAttempt" a join "Operation" o on o.id = a."operationId" join "Service" v on v.id = o."serviceId"
      where a."endedAt" is null and not exists (
        select from kill_points.held_at h where h.product = v."productId" and h.at like '% after the call')`,
  );

async function killed(words: string): Promise<void> {
  const find = () => childrenOf(world.demo.process.pid ?? 0).find(({ command }) => command.includes(words))?.pid;
  const pid = find();
  if (!pid) throw new Error(`The supervisor has no child "${words}"`);
  process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(isAlive(pid)).toBe(false), { timeout: 10_000, interval: 20 });
  await lock.query('select pg_advisory_unlock($1)', [LOCK]);
  await lock.query('truncate kill_points.held_at');
  await vi.waitFor(() => expect(find() ?? pid).not.toBe(pid), { timeout: 20_000, interval: 50 });
}

/** What the dead process had taken for a time: nobody needs to wait for it. */
const ageLeases = () =>
  world.sql(`with operations as (update "Operation" set "leaseUntil" = now() - interval '1 second' where "leaseUntil" is not null),
    mails as (update "EmailMessage" set "claimedUntil" = now() - interval '1 second' where "claimedUntil" is not null)
    update "PanelSlot" set "leaseUntil" = now() - interval '1 second'`);

async function endOf(point: Point, serviceId: string): Promise<string> {
  const good = point.kind === 'CREATE' ? 'ACTIVE' : 'TERMINATED';
  const template = point.kind === 'CREATE' ? 'welcome' : 'terminated';
  for (const give = Date.now() + 90_000; ; await sleep(200)) {
    const [row] = await world.sql<{ state: string; status: string; mails: number; sent: number }>(
      `select o.state, v.status, count(m.id)::int as mails, (count(m.id) filter (where m.state = 'SENT'))::int as sent
       from "Service" v join lateral (select * from "Operation" where "serviceId" = v.id order by "createdAt" desc limit 1) o on true
       left join "EmailMessage" m on m."serviceId" = v.id and m.template = $2
       where v.id = $1 group by o.state, v.status`,
      [serviceId, template],
    );
    const accounts = (await world.remoteAccounts(serviceId)).length;
    const end = `${row?.state} ${row?.status} accounts ${accounts} mails ${row?.mails} sent ${row?.sent}`;
    const wanted = `SUCCEEDED ${good} accounts ${point.kind === 'CREATE' ? 1 : 0} mails 1 sent 1`;
    if (end === wanted || Date.now() > give) return end === wanted ? 'well' : end;
  }
}

describe('SIGKILL inside and after every step of create and of terminate', () => {
  it.each([
    ['the executor', 'build/executor.mjs'],
    ['the web process', 'next-server'],
  ])('%s: every order ends well', async (who, words) => {
    const services = new Map<string, string>();
    for (const point of POINTS.filter(({ kind }) => kind === 'TERMINATE'))
      services.set(nameOf(point), await world.order(placeOf(point)));
    for (const id of services.values()) await world.until(id, 'SUCCEEDED');

    await lock.query('select pg_advisory_lock($1)', [LOCK]);
    const bringAll = (points: Point[]) =>
      Promise.all(
        points.map(async (point) => services.set(nameOf(point), await bring(point, services.get(nameOf(point))))),
      );
    await bringAll(INSIDE);
    await until('orders held inside a step', INSIDE.length, waiting);
    await bringAll(DURING);
    await until('calls under way', DURING.length, openCalls);
    // The executor is held last: what it may not store for long keeps it from more than that.
    await bringAll(AFTER);
    await until('orders held', INSIDE.length + AFTER.length, waiting);
    await killed(words);
    if (words === 'next-server') await ageLeases();

    const ends = await Promise.all(
      POINTS.map(async (point) => [nameOf(point), await endOf(point, services.get(nameOf(point)) ?? '')] as const),
    );
    const well = ends.filter(([, end]) => end === 'well').length;
    process.stdout.write(`kill points, ${who}: ${well} of ${POINTS.length} end well\n`);
    expect(Object.fromEntries(ends)).toEqual(Object.fromEntries(NAMES.map((name) => [name, 'well'])));
    await expect.poll(() => world.restingState(), { timeout: 15_000 }).toEqual(AT_REST);
    expect(await world.sql(`select id from "Operation" where "leaseUntil" > now()`)).toEqual([]);
  });
});
