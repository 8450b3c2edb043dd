import { beforeEach, expect, it } from 'vitest';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { clearAudit } from '@/lib/testing/clear-audit';
import { makeCustomer } from '../../../prisma/factories/customer';
import { makeOperation } from '../../../prisma/factories/operation';
import { makeProduct } from '../../../prisma/factories/product';
import { makeServer } from '../../../prisma/factories/server';
import { makeService } from '../../../prisma/factories/service';
import { getModuleDetail } from './queries';
import { updateModuleInput } from './schema';
import { syncModules } from './sync-modules';
import { updateModule } from './update-module';

const ctx = systemContext('test');
let id = '';
beforeEach(async () => {
  await db.$executeRaw`TRUNCATE "ServerModule", "ServerGroup", "Customer" CASCADE`;
  await clearAudit();
  await syncModules();
  id = (await db.serverModule.findUniqueOrThrow({ where: { slug: 'pickaxe' } })).id;
});
const update = (change: object) =>
  updateModule(ctx, updateModuleInput.parse({ id, displayName: null, note: null, isActive: true, ...change }));

it('keeps staff’s name, note and switch, and writes down what changed', async () => {
  await update({ displayName: '  Game panel ', note: '', isActive: false });
  expect(await getModuleDetail({ id, language: 'en' })).toMatchObject({
    name: 'Game panel',
    displayName: 'Game panel',
    note: null,
    isActive: false,
  });
  expect(await db.auditEntry.findFirst({ where: { targetId: id } })).toMatchObject({
    action: 'module.update',
    before: { displayName: null, isActive: true },
    after: { displayName: 'Game panel', isActive: false },
  });
});

it('shows a module with its forms in the reader’s language, its read-me and who uses it', async () => {
  await makeServer({ moduleId: id, name: 'Oak' });
  await makeServer({ moduleId: id, name: 'Gone', archivedAt: new Date() });
  await makeProduct({ moduleId: id, name: 'Minecraft' });
  const detail = await getModuleDetail({ id, language: 'tr' });
  expect(detail).toMatchObject({
    isInstalled: true,
    isExternal: false,
    description: 'Pickaxe panelindeki oyun sunucuları.',
    forms: { config: { properties: { nodeId: { title: 'Düğüm' }, apiKey: { secret: true } } } },
    servers: [{ name: 'Oak' }],
    products: [{ name: 'Minecraft' }],
    readme: { facts: { panelVersions: '2.x' } },
  });
  expect(detail.options[0]).toMatchObject({ id: 'ram', label: 'Bellek' });
  expect(detail.logo).toMatch(/^data:image\/svg\+xml;base64,/);
});

it('lets waiting orders go on when it is switched on again', async () => {
  const product = await makeProduct({ moduleId: id });
  const service = await makeService({ productId: product.id, customerId: (await makeCustomer()).id });
  const later = new Date(Date.now() + 3_600_000);
  const { id: operationId } = await makeOperation({
    serviceId: service.id,
    state: 'WAITING',
    reason: { code: 'no-room' },
    nextTryAt: later,
  });
  const nextTry = async () => (await db.operation.findUniqueOrThrow({ where: { id: operationId } })).nextTryAt;
  await update({ isActive: false });
  expect(await nextTry()).toEqual(later);
  await update({ isActive: true });
  expect((await nextTry())?.getTime()).toBeLessThan(later.getTime());
});

it('refuses what is not there and what does not fit', async () => {
  await expect(update({ id: uuidv7() })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expect(() => update({ displayName: 'x'.repeat(101) })).toThrow();
  expect(() => update({ slug: 'other' })).toThrow();
});
