import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { childrenOf, isAlive } from '../setup/processes';
import { AT_REST, type Place, World } from './testing/world';

const LIMIT_SECONDS = 6;
/** When the panel that is late does its work: inside the limit, so that the call is still open at the kill. */
const LATE_MS = 4500;

let world: World;
let place: Place;

beforeAll(async () => {
  world = await World.start({ HYBLE_TIME_LIMIT_SECONDS: String(LIMIT_SECONDS) });
  // More at a time than a panel usually gets: every order of a test is inside its create call when the kill comes.
  place = await world.place('Killed', [null, null], 8);
});
afterAll(() => world?.end());

const supervisor = () => world.demo.process.pid ?? 0;

/** A process and all that it started, itself first. */
function familyOf(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap((child) => familyOf(child.pid))];
}

function childWith(words: string): number {
  const found = childrenOf(supervisor()).find(({ command }) => command.includes(words));
  if (!found) throw new Error(`The supervisor has no child "${words}"`);
  return found.pid;
}

async function kill(pids: number[]): Promise<void> {
  for (const pid of pids) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
  await vi.waitFor(() => expect(pids.filter(isAlive)).toEqual([]), { timeout: 10_000, interval: 50 });
}

/** The calls that were under way at the kill, whose processes are gone: nobody needs to wait for their leases to end. */
function ageLeases(killedAt: string): Promise<unknown> {
  const open = `select "operationId" from "OperationAttempt" where "endedAt" is null and "sentAt" < '${killedAt}'`;
  return world.sql(
    `with aged as (update "Operation" set "leaseUntil" = now() - interval '1 second',
        "nextTryAt" = case when "state" = 'WAITING' then now() else "nextTryAt" end
      where "id" in (${open}) returning "id")
    update "PanelSlot" set "leaseUntil" = now() - interval '1 second' where "operationId" in (select "id" from aged)`,
  );
}

async function openAttempts(): Promise<number> {
  return (await world.restingState()).openAttempts;
}

/** Four orders, two for each panel, and returns while all of them are inside their create calls. */
async function ordersInTheMiddle(): Promise<{ services: string[]; now: string; lateUntil: number }> {
  const [oak, birch] = world.panels;
  // One panel has done the work and holds its answer back, the other does it later, whether anybody still listens or not.
  await oak?.fault({ op: 'create', fault: 'hang-after', times: 2, delayMs: 60_000 });
  await birch?.fault({ op: 'create', fault: 'late', times: 2, delayMs: LATE_MS });
  const services = await Promise.all([1, 2, 3, 4].map(() => world.order(place)));
  await vi.waitFor(async () => expect(await openAttempts()).toBe(4), { timeout: 5000, interval: 25 });
  const [row] = await world.sql<{ now: string }>('select clock_timestamp()::text as now');
  if (!row) throw new Error('The database answered no row');
  return { services, now: row.now, lateUntil: Date.now() + LATE_MS + 500 };
}

async function expectAllWell(services: string[], lateUntil: number): Promise<void> {
  for (const id of services) {
    await world.until(id, 'SUCCEEDED', 45_000);
    const service = await world.service(id);
    expect(service.status).toBe('ACTIVE');
    expect(await world.remoteAccounts(id)).toEqual([service.remoteId]);
    await expect.poll(async () => (await world.mailsOf(id)).length, { timeout: 15_000 }).toBe(1);
  }
  // A create that came through late would show by then.
  await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(lateUntil), { timeout: LATE_MS * 2, interval: 100 });
  for (const id of services) {
    expect(await world.remoteAccounts(id)).toHaveLength(1);
    expect(await world.mailsOf(id)).toHaveLength(1);
  }
  await expect.poll(() => world.restingState(), { timeout: 15_000 }).toEqual(AT_REST);
}

const untilWell = () =>
  vi.waitFor(async () => expect((await fetch(`${world.demo.facts.url}/api/health`)).status).toBe(200), {
    timeout: 60_000,
    interval: 100,
  });

describe('kill -9 in the middle of create-account', () => {
  it.each([
    ['the executor', 'build/executor.mjs'],
    ['the web process', 'next-server'],
  ])('%s: it is started again and the work goes on', async (_who, words) => {
    const { services, now, lateUntil } = await ordersInTheMiddle();
    const pid = childWith(words);
    await kill([pid]);
    await vi.waitFor(() => expect(childWith(words)).not.toBe(pid), { timeout: 20_000, interval: 50 });
    // The web process makes the calls: without it they are lost. Without the executor they end as if nothing had been.
    if (words === 'next-server') await ageLeases(now);
    await untilWell();
    await expectAllWell(services, lateUntil);
  });

  it('the supervisor: its children end, the next start succeeds and the work goes on', async () => {
    const { services, now, lateUntil } = await ordersInTheMiddle();
    const family = familyOf(supervisor());
    process.kill(supervisor(), 'SIGKILL');
    await vi.waitFor(() => expect(family.filter(isAlive)).toEqual([]), { timeout: 15_000, interval: 50 });
    await world.restart();
    await ageLeases(now);
    await expectAllWell(services, lateUntil);
  });

  it('everything at once, the database too: the next start succeeds and the work goes on', async () => {
    const { services, now, lateUntil } = await ordersInTheMiddle();
    const family = familyOf(supervisor());
    expect(family.length).toBeGreaterThan(10);
    await kill(family);
    await world.restart();
    await ageLeases(now);
    await expectAllWell(services, lateUntil);
  });
});
