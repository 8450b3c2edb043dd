import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { playToEnd } from '@/features/operations/testing/play-to-end';
import { createService } from '@/features/services/create-service';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { loadExternalModules } from '@/modules/registry';
import { makeCustomer } from '../../prisma/factories/customer';
import { makeProduct } from '../../prisma/factories/product';
import { makeServer } from '../../prisma/factories/server';
import { makeServerModule } from '../../prisma/factories/server-module';

const catcher = await vi.hoisted(async () =>
  (await import('@/features/operations/testing/event-catcher')).startEventCatcher(),
);
let moduleId: string;
let customerId: string;

beforeAll(async () => {
  await loadExternalModules([new URL('./modules/hostile.mjs', import.meta.url).pathname]);
  moduleId = (await makeServerModule({ slug: 'hostile' })).id;
  customerId = (await makeCustomer()).id;
  await makeServer({ moduleId, config: { key: 'hostile-secret-4711' } });
  process.env.HYBLE_TIME_LIMIT_SECONDS = '1';
});
afterAll(() => catcher.stop());

it.each([
  ['throws a string', 'UNKNOWN'],
  ['throws undefined', 'UNKNOWN'],
  ['throws null', 'UNKNOWN'],
  ['throws an error with the key in it', 'UNKNOWN'],
  ['throws a message of 5 MB', 'UNKNOWN'],
  ['never settles', 'UNKNOWN'],
  ['answers nothing', 'UNKNOWN'],
  ['answers a text', 'UNKNOWN'],
  ['answers false', 'FAILED'],
] as const)('a module that %s: %s within its limit, nothing secret written, one call', async (way, end) => {
  const { id: productId } = await makeProduct({ moduleId, moduleSettings: { way } });
  const { operationId } = await createService(systemContext('test'), { productId, customerId });
  const started = performance.now();
  expect(await playToEnd(operationId)).toBe(end);
  expect(performance.now() - started).toBeLessThan(5000);
  const operation = await db.operation.findUniqueOrThrow({
    where: { id: operationId },
    include: { attempts: true, events: true },
  });
  const written = JSON.stringify(operation);
  expect(written).not.toContain('hostile-secret-4711');
  expect(written.length).toBeLessThan(20_000);
  // Nobody can look at this panel and it has no policy: what may have worked is never sent a second time.
  expect(operation.attempts).toHaveLength(1);
});
