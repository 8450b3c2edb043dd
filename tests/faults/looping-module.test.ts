import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { childrenOf } from '../setup/processes';
import type { PanelAnswer } from './testing/panel-client';
import { AT_REST, World } from './testing/world';

/** How often the program stops because of one operation before a person is asked. */
const STOPS = 3;
const ORDERS = 6;
const PATIENCE = { timeout: 15_000, interval: 100 };

let world: World;

beforeAll(async () => {
  world = await World.start({
    HYBLE_MODULES: ['loops', 'stares'].map((name) => resolve(import.meta.dirname, `modules/${name}.mjs`)).join(','),
    HYBLE_WATCHDOG_SECONDS: '3',
  });
});
afterAll(() => world?.end());

const webProcess = () =>
  childrenOf(world.demo.process.pid ?? 0).find(({ command }) => command.includes('next-server'))?.pid;

/** An order as a billing system sends it: with a key, and again when the answer never came. */
async function insist(productId: string, domain: string): Promise<string> {
  const customerId = world.customers[0];
  const order = { productId, customerId, domain, idempotencyKey: `order-of-${domain}` };
  for (;;) {
    // A refusal is an answer; only a lost one is asked for again.
    const answer = await world.admin.call('mutation', 'services.create', order).catch(() => null);
    if (answer && answer.status < 500) return orderOf(answer);
    await sleep(250);
  }
}

function orderOf({ status, body }: PanelAnswer): string {
  const { id } = z
    .object({ id: z.string() })
    .parse(body.result?.data, { error: () => `${status}: ${body.error?.message}` });
  return id;
}

async function loopingProduct(moduleSlug: string): Promise<string> {
  const place = { hostname: `${moduleSlug}.example.com`, ipAddress: '203.0.113.78', type: 'GAME' };
  await world.admin.mutate('servers.create', { ...place, name: moduleSlug, moduleSlug, config: { key: 'k' } });
  return (await world.admin.mutate<{ id: string }>('products.create', { name: moduleSlug, moduleSlug })).id;
}

/** Nobody needs to wait for the leases of calls and the claims on mails whose process is gone. */
async function ageLeases(): Promise<void> {
  await world.sql(`update "EmailMessage" set "claimedUntil" = now() - interval '1 second', "nextTryAt" = now()
    where "state" = 'QUEUED' and "claimedUntil" > now()`);
  await world.sql(`with aged as (update "Operation" set "leaseUntil" = now() - interval '1 second',
        "nextTryAt" = case when "state" = 'WAITING' then now() else "nextTryAt" end
      where "id" in (select "operationId" from "OperationAttempt" where "endedAt" is null) returning "id")
    update "PanelSlot" set "leaseUntil" = now() - interval '1 second' where "operationId" in (select "id" from aged)`);
}

/** The web process of now is killed by its watchdog and another one answers in its place. */
async function untilKilled(pid: number | undefined): Promise<number | undefined> {
  const next = await vi.waitFor(
    () => {
      const found = webProcess();
      if (found === undefined || found === pid) throw new Error(`The web process ${pid} was not killed`);
      return found;
    },
    { timeout: 40_000, interval: 50 },
  );
  await vi.waitFor(async () => expect((await world.admin.fetch('/api/health')).status).toBe(200), {
    timeout: 30_000,
    interval: 100,
  });
  return next;
}

/** An order of the module that loops among others; what became of it, once it is set aside. */
async function orderAmongOthers(moduleSlug: string, end: 'UNKNOWN' | 'FAILED') {
  const place = await world.place(`Beside ${moduleSlug}`, [null, null]);
  const loops = await loopingProduct(moduleSlug);
  // The panels take their time, so that some of these orders are inside their create when the web process goes.
  await Promise.all(world.panels.map((panel) => panel.fault({ op: 'create', fault: 'slow', times: 2, delayMs: 2000 })));
  let pid = webProcess();
  const ordered = Promise.all([
    ...Array.from({ length: ORDERS }, (_, index) =>
      insist(place.productId, `beside-${moduleSlug}-${index}.example.com`),
    ),
    insist(loops, `${moduleSlug}.example.com`),
  ]);
  for (let stop = 1; stop <= STOPS; stop++) {
    pid = await untilKilled(pid);
    await ageLeases();
  }
  const services = await ordered;
  const asked = await world.until(services.pop() ?? '', end);
  expect(asked.reason).toMatchObject({ code: 'program-stopped', times: STOPS });
  for (const id of services) {
    await world.until(id, 'SUCCEEDED');
    expect(await world.service(id)).toMatchObject({ status: 'ACTIVE' });
    expect(await world.remoteAccounts(id)).toHaveLength(1);
    // A kill between the mail server's yes and our commit may repeat a mail, and then as the same one.
    await expect
      .poll(async () => new Set((await world.mailsOf(id)).map((mail) => mail.messageId)).size, PATIENCE)
      .toBe(1);
  }
  expect(await world.restingState()).toEqual(AT_REST);
  // Nothing calls that module again by itself.
  expect(webProcess()).toBe(pid);
  const rows = await world.sql<{ count: number }>(
    'select count(*)::int as count from "Service" where "domain" like $1',
    [`beside-${moduleSlug}-%`],
  );
  expect(rows).toEqual([{ count: ORDERS }]);
  console.log(
    `a module that ${moduleSlug}: ${STOPS} kills by the watchdog, its order ${end} (program-stopped), ${services.length} of ${ORDERS} others ACTIVE with one account and one mail`,
  );
  return asked;
}

it('a module that loops in a create stops the program three times, then a person is asked; all other orders end well', async () => {
  const asked = await orderAmongOthers('loops', 'UNKNOWN');
  expect(asked.attempts.map(({ outcome }) => outcome)).toEqual(Array.from({ length: STOPS }, () => 'unknown'));
});

it('one that loops while it only looks does so three times, then its order failed; all other orders end well', async () => {
  const failed = await orderAmongOthers('stares', 'FAILED');
  expect(failed.attempts).toEqual([]);
});
