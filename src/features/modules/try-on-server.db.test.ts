import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { depotDefinition } from '@/modules/generic-api/demo';
import { depotSimulator } from '@/modules/generic-api/simulator';
import { keepDefinitions, provideDefinitions } from '@/modules/registry';
import { type Simulator, startSimulator } from '@/modules/sdk/simulator-host';
import { makeServer } from '../../../prisma/factories/server';
import { createDefinition } from './create-definition';
import { loadDefinition } from './load-definition';
import { tryOnServer } from './try-on-server';

const ctx = systemContext('test');
let panel: Simulator;
let serverId = '';
beforeAll(async () => {
  panel = await startSimulator(depotSimulator);
  process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = new URL(panel.url).port;
  provideDefinitions(loadDefinition);
});
afterAll(() => panel.stop());
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
  keepDefinitions([]);
  panel.clearFaults();
  const { id: moduleId } = await createDefinition(ctx, { definition: depotDefinition });
  serverId = (await makeServer({ moduleId, config: panel.credentials })).id;
});

const account = () => tryOnServer(ctx, { definition: depotDefinition, serverId, what: 'account' });

it('sends what is written, saved or not, and never shows the key of the server', async () => {
  const { connection } = depotDefinition;
  const inAddress = { ...connection, authentication: { by: 'query', name: 'api_key' } } as const;
  const definition = { ...depotDefinition, connection: inAddress };
  const { steps } = await tryOnServer(ctx, { definition, serverId, what: 'testConnection' });
  expect(steps).toMatchObject([{ step: 'testConnection', ok: false }]);
  expect(steps[0]?.request).toContain('api_key=');
  expect(JSON.stringify(steps)).not.toMatch(/dk_[0-9a-f]/);
});

it('refuses a server of another module, and sends nothing', async () => {
  const definition = { ...depotDefinition, slug: 'other' };
  const before = panel.state().calls.length;
  await expect(tryOnServer(ctx, { definition, serverId, what: 'testConnection' })).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
  expect(panel.state().calls).toHaveLength(before);
});

it('makes an account, looks it up, suspends, resumes and removes it; nothing is left and no password is told', async () => {
  const { steps } = await account();
  expect(steps.map(({ step, ok }) => [step, ok])).toEqual([
    ['create', true],
    ['getAccount', true],
    ['suspend', true],
    ['unsuspend', true],
    ['terminate', true],
  ]);
  expect(panel.state().accounts).toEqual([]);
  expect(JSON.stringify(steps)).not.toMatch(/dk_[0-9a-f]/);
  expect(JSON.stringify(steps)).not.toMatch(/"password\\*":\s*\\*"(?!\*|•|set by|\[)/);
  expect(await db.service.count()).toBe(0);
  expect(await db.auditEntry.count({ where: { targetId: serverId, action: 'module.try-definition' } })).toBe(1);
});

it('removes nothing after a create whose answer was lost, and names what may be left', async () => {
  panel.fault({ op: 'create', fault: 'drop-after', times: 1 });
  const { steps } = await account();
  expect(steps.map(({ step }) => step)).not.toContain('terminate');
  expect(steps[0]).toMatchObject({ ok: false, words: expect.stringContaining('look on the panel for try') });
});
