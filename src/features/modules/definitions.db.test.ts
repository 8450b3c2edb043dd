import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { retryOperation } from '@/features/operations/retry-operation';
import { playRun } from '@/features/operations/testing/play-run';
import { playToEnd } from '@/features/operations/testing/play-to-end';
import { createService } from '@/features/services/create-service';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import type { Definition } from '@/modules/generic-api/definition';
import { depotDefinition } from '@/modules/generic-api/demo';
import { depotSimulator } from '@/modules/generic-api/simulator';
import { getModule, keepDefinitions, provideDefinitions } from '@/modules/registry';
import { type Simulator, startSimulator } from '@/modules/sdk/simulator-host';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { createDefinition } from './create-definition';
import { getDefinition, listDefinitionVersions } from './definition-queries';
import { loadDefinition } from './load-definition';
import { getModuleDetail } from './queries';
import { removeDefinition } from './remove-definition';
import { updateDefinition } from './update-definition';

const catcher = await vi.hoisted(async () =>
  (await import('@/features/operations/testing/event-catcher')).startEventCatcher(),
);
const ctx = systemContext('test');
let panel: Simulator;
beforeAll(async () => {
  panel = await startSimulator(depotSimulator);
  process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = new URL(panel.url).port;
  provideDefinitions(loadDefinition);
});
afterAll(() => Promise.all([panel.stop(), catcher.stop()]));
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
  keepDefinitions([]);
  panel.clearFaults();
});

const SLUG = 'generic-depot';
const { operations } = depotDefinition;
/** The same definition, but its create asks for a page that the panel does not have. */
const [make, ...rest] = operations.create.calls;
const astray: Definition = {
  ...depotDefinition,
  operations: {
    ...operations,
    create: {
      ...operations.create,
      calls: make ? [{ ...make, request: { ...make.request, path: '/nowhere' } }, ...rest] : [],
    },
  },
};
const audited = (targetId: string, action: string) => db.auditEntry.findMany({ where: { targetId, action } });

async function place(moduleId: string) {
  const { id: serverId } = await makeServer({ moduleId, config: panel.credentials });
  const { id: productId } = await makeProduct({ moduleId });
  const { id: customerId } = await makeCustomer();
  return { serverId, productId, customerId };
}

it('makes a module of a definition, shows and exports it as it was written', async () => {
  const { id, warnings } = await createDefinition(ctx, { definition: depotDefinition });
  expect(warnings).toEqual([]);
  expect(await getModuleDetail({ id, language: 'en' })).toMatchObject({
    slug: SLUG,
    name: 'Depot',
    definitionVersion: 1,
    isInstalled: true,
    capabilities: { suspend: true, lookUp: true, usage: true, actions: ['restart'] },
    forms: { config: { properties: { baseUrl: {}, key: { secret: true } } } },
    options: [{ id: 'disk', label: 'Disk space' }],
    actions: [{ id: 'restart', label: 'Restart' }],
    readme: { text: depotDefinition.readme },
  });
  expect((await getDefinition({ id })).definition).toEqual(depotDefinition);
  expect(await audited(id, 'module.create-definition')).toMatchObject([{ after: { slug: SLUG, version: 1 } }]);
  await expect(createDefinition(ctx, { definition: depotDefinition })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    issues: [{ path: ['definition', 'slug'] }],
  });
});

it('names the field that is wrong, and stores nothing', async () => {
  const wrong: Definition = {
    ...depotDefinition,
    meanings: [{ when: 'status ==', means: 'refused' }],
    rules: { ...depotDefinition.rules, owner: '{{ fields.nobody }}' },
  };
  await expect(createDefinition(ctx, { definition: wrong })).rejects.toMatchObject({
    code: 'BAD_INPUT',
    issues: [{ path: ['definition', 'meanings', 0, 'when'] }, { path: ['definition', 'rules', 'owner'] }],
  });
  expect(await db.serverModule.count()).toBe(0);
});

it('keeps every version, writes none over, and demands nothing of what exists', async () => {
  const { id } = await createDefinition(ctx, { definition: depotDefinition });
  await place(id);
  const update = (definition: Definition, version: number) =>
    updateDefinition(ctx, { id, definition, version, note: 'why' });
  expect(await update(depotDefinition, 1)).toMatchObject({ version: 1 });
  expect(await update({ ...depotDefinition, name: 'Depot 2' }, 1)).toMatchObject({ version: 2 });
  expect((await getModule(SLUG))?.name).toBe('Depot 2');
  expect((await getModule(SLUG, 1))?.name).toBe('Depot');
  await expect(update({ ...depotDefinition, name: 'Mine' }, 1)).rejects.toMatchObject({ code: 'CONFLICT' });
  await expect(update({ ...depotDefinition, slug: 'other' }, 2)).rejects.toMatchObject({ code: 'BAD_INPUT' });
  const field = { name: 'region', title: 'Region', kind: 'text', required: true, choices: [] } as const;
  const demands = { ...depotDefinition, serverFields: [{ ...field, choices: [] }] };
  await expect(update(demands, 2)).rejects.toMatchObject({
    issues: [{ path: ['definition', 'serverFields', 0, 'preset'] }],
  });
  const login: Definition = {
    ...depotDefinition,
    connection: { ...depotDefinition.connection, authentication: { by: 'bearer' } },
  };
  await expect(update(login, 2)).rejects.toMatchObject({
    issues: [{ path: ['definition', 'connection', 'authentication'] }],
  });
  expect(await listDefinitionVersions(id)).toMatchObject([
    { version: 2, note: 'why' },
    { version: 1, note: null },
  ]);
  expect(await audited(id, 'module.update-definition')).toHaveLength(1);
});

it('is removed only when nothing uses it', async () => {
  const { id } = await createDefinition(ctx, { definition: depotDefinition });
  const { serverId, productId } = await place(id);
  await expect(removeDefinition(ctx, { id })).rejects.toMatchObject({ code: 'INVALID_STATE' });
  await db.server.delete({ where: { id: serverId } });
  await db.product.delete({ where: { id: productId } });
  await removeDefinition(ctx, { id });
  expect([await getModule(SLUG), await db.moduleDefinition.count()]).toEqual([null, 0]);
  expect(await audited(id, 'module.remove-definition')).toHaveLength(1);
});

it('lets work go on with the version it began with, and a retry take the newest', async () => {
  const { id } = await createDefinition(ctx, { definition: depotDefinition });
  const { productId, customerId } = await place(id);
  const order = (domain: string) => createService(ctx, { productId, customerId, domain });
  panel.fault({ op: 'create', fault: 'http429', retryAfter: 120, times: 1 });
  const first = await order('one.example.com');
  await playRun(first.operationId);
  await updateDefinition(ctx, { id, definition: astray, version: 1 });
  expect(await playToEnd(first.operationId)).toBe('SUCCEEDED');
  expect(await db.operation.findUnique({ where: { id: first.operationId } })).toMatchObject({ definitionVersion: 1 });

  const second = await order('two.example.com');
  expect(await playToEnd(second.operationId)).not.toBe('SUCCEEDED');
  await updateDefinition(ctx, { id, definition: depotDefinition, version: 2 });
  await retryOperation(ctx, { id: second.operationId });
  expect(await playToEnd(second.operationId)).toBe('SUCCEEDED');
  expect(await db.operation.findUnique({ where: { id: second.operationId } })).toMatchObject({ definitionVersion: 3 });
}, 40_000);

it('asks a person after a lost answer where it can neither look nor send a key', async () => {
  const { getAccount: _, ...blind } = operations;
  const { rules } = depotDefinition;
  const definition: Definition = { ...depotDefinition, rules: { ...rules, duplicates: undefined }, operations: blind };
  const { id, warnings } = await createDefinition(ctx, { definition });
  expect(warnings).toEqual(['no-look-up']);
  const { productId, customerId } = await place(id);
  panel.fault({ op: 'create', fault: 'drop-after', times: 1 });
  const { operationId } = await createService(ctx, { productId, customerId, domain: 'three.example.com' });
  expect(await playToEnd(operationId)).toBe('UNKNOWN');
});
