import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { SimulatorFault } from '@/modules/sdk/simulator-definition';
import { AT_REST, type Place, World } from './testing/world';

let world: World;

beforeAll(async () => {
  world = await World.start();
});
afterAll(() => world?.end());
afterEach(() => Promise.all(world.panels.map((panel) => panel.clear())));

const first = () => {
  const [panel] = world.panels;
  if (!panel) throw new Error('The demo has no simulated panel');
  return panel;
};

/** ACTIVE, with exactly one account and one mail, and nothing left open. */
async function expectOneAccount(serviceId: string): Promise<void> {
  const operation = await world.until(serviceId, 'SUCCEEDED');
  const service = await world.service(serviceId);
  expect(service.status).toBe('ACTIVE');
  const accounts = await world.remoteAccounts(serviceId);
  expect(accounts).toEqual([service.remoteId]);
  await expect.poll(async () => (await world.mailsOf(serviceId)).length, { timeout: 15_000 }).toBe(1);
  expect(operation.attempts.every(({ outcome }) => outcome !== null)).toBe(true);
  expect(await world.restingState()).toEqual(AT_REST);
}

describe('an answer is lost', () => {
  const lost = ['drop-after', 'hang-after', 'late', 'truncated', 'html200-after'] satisfies SimulatorFault[];
  let place: Place;
  beforeAll(async () => {
    place = await world.place('Lost answers', [null]);
  });

  it.each(lost)('%s: one account, without a person', async (fault) => {
    const before = await world.calls('create');
    // `late` works after our limit of 3 s, while we are looking already.
    await first().fault({ op: 'create', fault, times: 1, ...(fault === 'late' ? { delayMs: 3500 } : {}) });
    const serviceId = await world.order(place);
    await expectOneAccount(serviceId);
    const { attempts } = await world.operation(serviceId);
    expect(attempts[0]?.outcome).toBe('unknown');
    const creates = (await world.calls('create')) - before;
    expect(creates).toBe(attempts.length);
    console.log(`${fault}: ${creates} create calls, 1 account, 1 mail`);
  });
});

describe('a panel is in trouble', () => {
  it('create answers 503 twice: a try for each entry in the timeline', async () => {
    const place = await world.place('Twice', [null]);
    const before = await world.calls('create');
    await first().fault({ op: 'create', fault: 'http503', times: 2 });
    const serviceId = await world.order(place);
    await expectOneAccount(serviceId);
    const { attempts } = await world.operation(serviceId);
    expect(attempts.map(({ outcome }) => outcome)).toEqual(['unknown', 'unknown', 'done']);
    expect((await world.calls('create')) - before).toBe(3);
  });

  it('create answers 503 for good on a panel that is otherwise well: FAILED after 5, and Retry works', async () => {
    const place = await world.place('For good', [null]);
    await first().fault({ op: 'create', fault: 'http503' });
    const serviceId = await world.order(place);
    const failed = await world.until(serviceId, 'FAILED');
    expect(failed.attempts).toHaveLength(5);
    expect(failed.reason).toMatchObject({
      code: 'gave-up',
      attempts: 5,
      kind: 'busy',
      server: { name: place.servers[0] },
    });
    expect((await world.service(serviceId)).status).toBe('FAILED');
    expect(await world.remoteAccounts(serviceId)).toEqual([]);
    await first().clear();
    await world.admin.mutate('operations.retry', { id: failed.id });
    await expectOneAccount(serviceId);
  });

  it('all calls of both servers answer 503: WAITING with server, reason and next try, then ACTIVE by itself', async () => {
    const place = await world.place('Storm', [null, null]);
    await Promise.all(world.panels.map((panel) => panel.fault({ op: '*', fault: 'http503' })));
    const serviceId = await world.order(place);
    const waiting = await world.until(serviceId, 'WAITING');
    expect(place.servers).toContain(waiting.reason?.server?.name);
    expect(waiting.reason?.code).toMatch(/^server-/);
    expect(Date.parse(waiting.nextTryAt ?? '')).toBeGreaterThan(Date.now() - 1000);
    const lifted = Date.now();
    await Promise.all(world.panels.map((panel) => panel.clear()));
    await world.until(serviceId, 'SUCCEEDED', 90_000);
    console.log(`went on ${((Date.now() - lifted) / 1000).toFixed(1)} s after the storm`);
    await expectOneAccount(serviceId);
  });
});
