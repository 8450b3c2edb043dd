import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { playToEnd } from '@/features/operations/testing/play-to-end';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { loadExternalModules } from '@/modules/registry';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerModule } from '../../../prisma/factories/server-module';
import { createService } from './create-service';

const catcher = await vi.hoisted(async () =>
  (await import('@/features/operations/testing/event-catcher')).startEventCatcher(),
);
/** What the scripted module was given and shall do; see the module's file. */
const script = { keys: [] as string[], acts: [] as string[], looks: null as string[] | null };
let productId: string;
let customerId: string;

beforeAll(async () => {
  Object.assign(globalThis, { keyedPanel: script });
  await loadExternalModules([new URL('../../../tests/faults/modules/keyed.mjs', import.meta.url).pathname]);
  const { id: moduleId } = await makeServerModule({ slug: 'keyed' });
  await makeServer({ moduleId, config: { key: 'k' } });
  productId = (await makeProduct({ moduleId })).id;
  customerId = (await makeCustomer()).id;
});
beforeEach(() => Object.assign(script, { keys: [], acts: [], looks: null }));
afterAll(() => catcher.stop());

async function keysOf(acts: string[], looks: string[] | null = null): Promise<number[]> {
  Object.assign(script, { acts, looks });
  const { operationId } = await createService(systemContext('test'), { productId, customerId });
  expect(await playToEnd(operationId)).toBe('SUCCEEDED');
  return script.keys.map((key) => Number(key.slice(operationId.length + 1)));
}

it('an account that the panel gave to another service before becomes nobody else’s', async () => {
  Object.assign(script, { acts: ['same', 'same'] });
  const [first, second] = [
    await createService(systemContext('test'), { productId, customerId }),
    await createService(systemContext('test'), { productId, customerId }),
  ];
  expect(await playToEnd(first.operationId)).toBe('SUCCEEDED');
  expect(await playToEnd(second.operationId)).toBe('UNKNOWN');
  const { reason } = await db.operation.findUniqueOrThrow({ where: { id: second.operationId } });
  expect(reason).toMatchObject({ code: 'not-ours' });
});

it('a lost answer is asked for again with the same key', async () => {
  expect(await keysOf(['lost', 'lost', 'done'])).toEqual([1, 1, 1]);
});

it('also when the look in between did not get through: that says nothing about the create', async () => {
  expect(await keysOf(['lost', 'done'], ['none', 'unreachable'])).toEqual([1, 1]);
});

it('also when a later call certainly did nothing: the first may still have worked', async () => {
  expect(await keysOf(['lost', 'busy', 'unreachable', 'done'])).toEqual([1, 1, 1, 1]);
});
