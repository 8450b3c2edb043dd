import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { AT_REST, World } from './testing/world';

let world: World;

beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.end());

/** How the newest operations of these services stand, counted. */
async function countStates(services: string[]): Promise<Record<string, number>> {
  const rows = await world.sql<{ state: string; count: number }>(
    `select case when "state" = 'WAITING' then 'WAITING ' || coalesce("reason"->>'code', '') else "state"::text end as "state",
      count(*)::int as "count" from "Operation" where "serviceId" = any($1) group by 1`,
    [services],
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Accounts on the panels that carry one of these services' ids. */
async function accountsOf(services: string[]): Promise<string[]> {
  const wanted = new Set(services);
  const states = await Promise.all(world.panels.map((panel) => panel.state()));
  return states
    .flatMap(({ accounts }) => accounts.flatMap(({ externalId }) => externalId ?? []))
    .filter((id) => wanted.has(id));
}

const placedOn = (servers: string[]) =>
  world.sql<{ name: string; accountCount: number; maxAccounts: number }>(
    'select "name", "accountCount", "maxAccounts" from "Server" where "name" = any($1) order by "name"',
    [servers],
  );

describe('50 orders at the same moment', () => {
  it('for 50 free slots: all are placed', async () => {
    const place = await world.place('Fifty', [25, 25], 8);
    const began = Date.now();
    const services = await Promise.all(Array.from({ length: 50 }, () => world.order(place)));
    await vi.waitFor(async () => expect(await countStates(services)).toEqual({ SUCCEEDED: 50 }), {
      timeout: 60_000,
      interval: 200,
    });
    console.log(`50 orders for 50 slots: all ACTIVE after ${((Date.now() - began) / 1000).toFixed(1)} s`);
    expect((await placedOn(place.servers)).map(({ accountCount }) => accountCount)).toEqual([25, 25]);
    expect((await accountsOf(services)).sort()).toEqual([...services].sort());
    expect(await world.restingState()).toEqual(AT_REST);
  });

  it('for 10 free slots: exactly 10, none over, and 40 wait for room', async () => {
    const place = await world.place('Ten', [5, 5], 8);
    const services = await Promise.all(Array.from({ length: 50 }, () => world.order(place)));
    await vi.waitFor(
      async () => expect(await countStates(services)).toEqual({ SUCCEEDED: 10, 'WAITING no-room': 40 }),
      { timeout: 60_000, interval: 200 },
    );
    expect((await placedOn(place.servers)).map(({ accountCount }) => accountCount)).toEqual([5, 5]);
    expect(await accountsOf(services)).toHaveLength(10);
    expect(await world.restingState()).toEqual(AT_REST);
    console.log('50 orders for 10 slots: 10 ACTIVE, 40 WAITING no-room, 0 over');
  });
});
