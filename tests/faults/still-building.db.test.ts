import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { requestChange } from '@/features/operations/request-change';
import { playRun } from '@/features/operations/testing/play-run';
import { letTimePass, playToEnd } from '@/features/operations/testing/play-to-end';
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
const ctx = systemContext('test');
/** What the scripted module did and shall answer; see the module's file. */
const script = { creates: 0, suspends: 0, answers: [] as string[] };
let moduleId: string;
let customerId: string;

beforeAll(async () => {
  Object.assign(globalThis, { slowPanel: script });
  await loadExternalModules([new URL('./modules/builds-slowly.mjs', import.meta.url).pathname]);
  moduleId = (await makeServerModule({ slug: 'builds-slowly' })).id;
  customerId = (await makeCustomer()).id;
});
beforeEach(() => Object.assign(script, { creates: 0, suspends: 0, answers: [] }));
afterAll(() => catcher.stop());

/** An order on a server of its own, told to build, and waiting. */
async function building(...answers: string[]) {
  const { id: groupId } = await db.serverGroup.create({ data: { name: `G${answers.join()}${Date.now()}` } });
  await makeServer({ moduleId, groupId, config: { key: 'k' } });
  const { id: productId } = await makeProduct({ moduleId, serverGroupId: groupId });
  const made = await createService(ctx, { productId, customerId });
  await playRun(made.operationId);
  Object.assign(script, { answers });
  return made;
}

const operationOf = (id: string) => db.operation.findUniqueOrThrow({ where: { id }, include: { attempts: true } });

it('an order that the panel accepted waits, is asked for, and is told to build only once', async () => {
  const { serviceId, operationId } = await building('pending', 'away', 'done');
  expect(await operationOf(operationId)).toMatchObject({
    state: 'WAITING',
    pendingRef: 'task-7',
    reason: { code: 'still-building', percent: 40 },
  });
  expect(await playToEnd(operationId)).toBe('SUCCEEDED');
  expect(await db.service.findUniqueOrThrow({ where: { id: serviceId } })).toMatchObject({
    status: 'ACTIVE',
    remoteId: 'vm-task-7',
  });
  expect(script.creates).toBe(1);
  expect(await db.panelSlot.count()).toBe(0);
  script.answers = ['pending', 'done'];
  const { operationId: suspend } = await requestChange(ctx, { serviceId, kind: 'SUSPEND', wish: {} });
  expect(await playToEnd(suspend ?? '')).toBe('SUCCEEDED');
  expect(script.suspends).toBe(1);
  expect((await db.service.findUniqueOrThrow({ where: { id: serviceId } })).status).toBe('SUSPENDED');
});

it('a panel that gives up says so, and a person decides: what it began may be there', async () => {
  const { operationId } = await building('refused');
  await letTimePass(operationId);
  await playRun(operationId);
  expect(await operationOf(operationId)).toMatchObject({ state: 'UNKNOWN', pendingRef: null });
  expect(script.creates).toBe(1);
});
