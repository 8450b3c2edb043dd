import { setTimeout as sleep } from 'node:timers/promises';
import { createService } from '@/features/services/create-service';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';

interface SampleOrder {
  /** Position in the list of sample customers; 0 is the one who can sign in. */
  customer: number;
  product: string;
  domain: string;
  ram?: number;
}

const ORDERS: readonly SampleOrder[] = [
  { customer: 0, product: 'Minecraft Starter', domain: 'play.fenwick.example.com' },
  { customer: 0, product: 'Valheim', domain: 'longship.fenwick.example.com' },
  { customer: 2, product: 'Minecraft Pro', domain: 'mc.yildirim.example.com' },
  { customer: 6, product: 'Valheim', domain: 'hall.hollowpine.example.com', ram: 6144 },
  { customer: 9, product: 'Minecraft Pro', domain: 'class.blockworks.example.com', ram: 12_288 },
  { customer: 3, product: 'Minecraft Starter', domain: 'test.northlight.example.com' },
  { customer: 7, product: 'Web Starter', domain: 'raman.example.com' },
  { customer: 3, product: 'Web Business', domain: 'northlight.example.com' },
];

const DEADLINE_MS = 60_000;

/** Orders the sample services as staff would, so that they go the whole way: placement, panel, mail. Answers their ids. */
export async function orderServices(ctx: Ctx, customers: string[], products: Map<string, string>): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, { customer, product, domain, ram }] of ORDERS.entries()) {
    const { serviceId } = await createService(ctx, {
      productId: products.get(product) ?? '',
      customerId: customers[customer] ?? '',
      domain,
      configOptions: ram === undefined ? [] : [{ optionId: 'ram', quantity: ram }],
      // The same order again is the same service: the seed may run as often as it likes.
      idempotencyKey: `demo-order-${index + 1}`,
    });
    ids.push(serviceId);
  }
  return ids;
}

/** Waits until all of them are set up; otherwise says which are not and why. */
export async function waitUntilActive(ids: readonly string[], deadlineMs = DEADLINE_MS): Promise<void> {
  const deadline = Date.now() + deadlineMs;
  for (;;) {
    const missing = await db.service.findMany({
      where: { id: { in: [...ids] }, status: { not: 'ACTIVE' } },
      select: { domain: true, status: true, operations: { select: { state: true, reason: true } } },
    });
    if (missing.length === 0) return;
    if (Date.now() > deadline || missing.every(({ status }) => status !== 'PENDING')) {
      throw new Error(
        `${missing.length} sample services are not set up after ${deadlineMs / 1000} s. The page Operations says why, and what to do:\n` +
          missing
            .map(({ domain, status, operations }) => `  ${domain} ${status} ${JSON.stringify(operations)}`)
            .join('\n'),
      );
    }
    await sleep(250);
  }
}
