import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { childrenOf, isAlive } from '../setup/processes';
import { databaseUrl } from './testing/panel-database';
import { AT_REST, type Place, World } from './testing/world';

// One kill meets many orders, each held at a point of its own by the database: a trigger on a write waits for a lock that
// the test has. A statement whose process died goes on or is undone as it would after any lost connection. What is held
// inside a step stays so until the kill. What is to be killed after a step is let go just before it, while the executor
// stands still: the work is done, and no memory of it has been kept.
const LOCKS = { in: 7_299_001, after: 7_299_002 };
const LATE_MS = 6000;

interface Point {
  kind: 'CREATE' | 'TERMINATE';
  at: string;
  /** The write that waits; null = the panel itself is late. */
  write: 'place' | 'send' | 'answer' | 'keep' | 'mail' | null;
  /** For a kill after the step: true once all its work is done. */
  done?: string;
}
const READ_BACK = `exists (select from "OperationEvent" e where e."operationId" = o.id and e.type = 'read-back')`;
const MAILED = `exists (select from "EmailMessage" m where m."operationId" = o.id and m.state = 'SENT')`;
const POINTS: Point[] = [
  { kind: 'CREATE', at: 'in select-server', write: 'place' },
  {
    kind: 'CREATE',
    at: 'after select-server',
    write: 'place',
    done: `exists (select from "Placement" p where p."serviceId" = v.id)`,
  },
  { kind: 'CREATE', at: 'in create-account, before the call', write: 'send' },
  { kind: 'CREATE', at: 'in create-account, during the call', write: null },
  { kind: 'CREATE', at: 'in create-account, after the call', write: 'answer' },
  { kind: 'CREATE', at: 'after create-account', write: 'answer', done: READ_BACK },
  { kind: 'CREATE', at: 'in persist', write: 'keep' },
  { kind: 'CREATE', at: 'after persist', write: 'keep', done: `v.status = 'ACTIVE'` },
  { kind: 'CREATE', at: 'in send-welcome-email', write: 'mail' },
  { kind: 'CREATE', at: 'after send-welcome-email', write: 'mail', done: MAILED },
  { kind: 'TERMINATE', at: 'in act, before the call', write: 'send' },
  { kind: 'TERMINATE', at: 'in act, during the call', write: null },
  { kind: 'TERMINATE', at: 'in act, after the call', write: 'answer' },
  { kind: 'TERMINATE', at: 'after act', write: 'answer', done: READ_BACK },
  { kind: 'TERMINATE', at: 'in persist', write: 'keep' },
  { kind: 'TERMINATE', at: 'after persist', write: 'keep', done: `v.status = 'TERMINATED'` },
];
const DURING = POINTS.filter(({ write }) => write === null);
const HELD = POINTS.filter(({ write }) => write !== null);
const AFTER = HELD.filter(({ done }) => done !== undefined);
const NAMES = POINTS.map(({ kind, at }) => `${kind} ${at}`);

/** Who is held where: a row of `held_at` names a product, at which write of its operation it waits, and for which lock. */
const HOLDS = `
  create schema kill_points;
  create table kill_points.held_at (product text, kind text, write text, lock int, primary key (product, kind));
  create function kill_points.wait(operation text, which text) returns void language plpgsql as $$
  declare held int;
  begin
    select h.lock into held from "Operation" o join "Service" v on v.id = o."serviceId"
      join kill_points.held_at h on h.product = v."productId" and h.kind = o.kind::text and h.write = which
      where o.id = operation;
    if held is not null then perform pg_advisory_xact_lock_shared(held); end if;
  end $$;
  create function kill_points.placement() returns trigger language plpgsql as $$
  begin perform kill_points.wait(new."operationId", 'place'); return new; end $$;
  create function kill_points.attempt() returns trigger language plpgsql as $$
  begin
    if new.call in ('create', 'terminate') then
      perform kill_points.wait(new."operationId", case when tg_op = 'INSERT' then 'send' else 'answer' end);
    end if;
    return new;
  end $$;
  create function kill_points.service() returns trigger language plpgsql as $$
  begin
    if new.status <> old.status then
      perform kill_points.wait((select id from "Operation" where "serviceId" = new.id order by "createdAt" desc limit 1), 'keep');
    end if;
    return new;
  end $$;
  create function kill_points.email() returns trigger language plpgsql as $$
  begin
    if new."claimedUntil" is not null then perform kill_points.wait(new."operationId", 'mail'); end if;
    return new;
  end $$;
  create trigger kill_points before insert on "Placement" for each row execute function kill_points.placement();
  create trigger kill_points before insert or update on "OperationAttempt" for each row execute function kill_points.attempt();
  create trigger kill_points before update on "Service" for each row execute function kill_points.service();
  create trigger kill_points before update on "EmailMessage" for each row execute function kill_points.email();
`;

let world: World;
let lock: pg.Client;
const places = new Map<string, Place>();

beforeAll(async () => {
  world = await World.start({ HYBLE_TIME_LIMIT_SECONDS: '8', HYBLE_DATABASE_POOL: '24' });
  for (const name of NAMES) places.set(name, await world.place(name, [null]));
  lock = new pg.Client({ connectionString: databaseUrl(world.demo.folder) });
  await lock.connect();
  await lock.query(HOLDS);
});
afterEach(async () => {
  await lock.query('select pg_advisory_unlock_all()');
  await world.sql('truncate kill_points.held_at');
});
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
async function bring(point: Point): Promise<void> {
  const place = placeOf(point);
  const { kind, write, done } = point;
  const held = [place.productId, kind, write, done === undefined ? LOCKS.in : LOCKS.after];
  await world.sql('insert into kill_points.held_at values ($1, $2, $3, $4)', held);
  if (write === null) {
    const op = kind === 'CREATE' ? 'create' : 'terminate';
    await world.panels[0]?.fault({ op, fault: 'late', times: 1, delayMs: LATE_MS });
  }
  // What is held may hold the answer back as well; whether the order is there is seen in the database.
  if (kind === 'CREATE') void world.order(place).catch(() => undefined);
  else await world.admin.mutate('services.terminate', { id: await serviceOf(point), now: true });
}

/** The newest service that was ordered for a point. */
async function serviceOf(point: Point): Promise<string> {
  const [row] = await world.sql<{ id: string }>(
    'select id from "Service" where "productId" = $1 order by "createdAt" desc limit 1',
    [placeOf(point).productId],
  );
  if (!row) throw new Error(`Nobody ordered for ${nameOf(point)}`);
  return row.id;
}

/** The writes that wait for the lock; asked outside of every transaction. */
async function waiting(): Promise<string[]> {
  const rows = await world.sql<{ write: string }>(
    `select substr(regexp_replace(a.query, '\\s+', ' ', 'g'), 1, 60) as write from pg_locks l join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'advisory' and l.objid in (${LOCKS.in}, ${LOCKS.after}) and not l.granted order by 1`,
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
        select from kill_points.held_at h where h.product = v."productId" and h.write = 'answer')`,
  );

function processOf(words: string): number | undefined {
  return childrenOf(world.demo.process.pid ?? 0).find(({ command }) => command.includes(words))?.pid;
}

/** Which of these points' services have been through all the work of their step. */
async function done(points: Point[]): Promise<unknown[]> {
  const rows = points.map(async (point) =>
    world.sql(
      `select 1 from "Service" v join "Operation" o on o."serviceId" = v.id and o.kind::text = $2 where v.id = $1 and ${point.done}`,
      [await serviceOf(point), point.kind],
    ),
  );
  return (await Promise.all(rows)).flat();
}

/** The executor stands still, the orders of `AFTER` end their step, and the process dies. */
async function killed(words: string): Promise<void> {
  const [executor, victim] = [processOf(EXECUTOR), processOf(words)];
  if (!executor || !victim) throw new Error('The supervisor has lost a child');
  process.kill(executor, 'SIGSTOP');
  await lock.query('select pg_advisory_unlock($1)', [LOCKS.after]);
  await until('orders whose step is done', AFTER.length, () => done(AFTER));
  process.kill(victim, 'SIGKILL');
  await vi.waitFor(() => expect(isAlive(victim)).toBe(false), { timeout: 10_000, interval: 20 });
  if (victim !== executor) process.kill(executor, 'SIGCONT');
  await lock.query('select pg_advisory_unlock($1)', [LOCKS.in]);
  await vi.waitFor(() => expect(processOf(words) ?? victim).not.toBe(victim), { timeout: 20_000, interval: 50 });
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

const EXECUTOR = 'build/executor.mjs';

describe('SIGKILL inside and after every step of create and of terminate', () => {
  it.each([
    ['the executor', EXECUTOR],
    ['the web process', 'next-server'],
  ])('%s: every order ends well', async (who, words) => {
    const accounts = POINTS.filter(({ kind }) => kind === 'TERMINATE').map((point) => world.order(placeOf(point)));
    for (const id of await Promise.all(accounts)) await world.until(id, 'SUCCEEDED');

    for (const id of Object.values(LOCKS)) await lock.query('select pg_advisory_lock($1)', [id]);
    await Promise.all(HELD.map(bring));
    await until('orders held inside a step', HELD.length, waiting);
    await Promise.all(DURING.map(bring));
    await until('calls under way', DURING.length, openCalls);
    await killed(words);
    if (words === 'next-server') await ageLeases();

    const ends = await Promise.all(
      POINTS.map(async (point) => [nameOf(point), await endOf(point, await serviceOf(point))] as const),
    );
    const well = ends.filter(([, end]) => end === 'well').length;
    process.stdout.write(`kill points, ${who}: ${well} of ${POINTS.length} end well\n`);
    expect(Object.fromEntries(ends)).toEqual(Object.fromEntries(NAMES.map((name) => [name, 'well'])));
    await expect.poll(() => world.restingState(), { timeout: 15_000 }).toEqual(AT_REST);
    expect(await world.sql(`select id from "Operation" where "leaseUntil" > now()`)).toEqual([]);
  });
});
