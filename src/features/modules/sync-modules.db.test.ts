import { beforeEach, expect, it } from 'vitest';
import { db } from '@/lib/db';
import { getModule } from '@/modules/registry';
import type { ServerModuleInterface } from '@/modules/sdk/contract';
import { capabilitiesOf } from './capabilities';
import { listModuleItems } from './queries';
import { moduleFilter } from './schema';
import { syncModules } from './sync-modules';

beforeEach(async () => {
  await db.serverModule.deleteMany();
});

it('writes a row for each module of the code, and the same rows the next time', async () => {
  await syncModules();
  const before = await db.serverModule.findMany();
  const pickaxe = before.find(({ slug }) => slug === 'pickaxe');
  expect(pickaxe).toMatchObject({ type: 'game', isActive: true, supportsSuspend: true });
  expect(pickaxe?.configSchema).toMatchObject({ properties: { apiKey: { secret: true } } });
  await syncModules();
  expect((await db.serverModule.findMany()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
});

it('leaves alone what staff wrote', async () => {
  await syncModules();
  const own = { displayName: 'Game panel', note: 'ask Ada', isActive: false };
  await db.serverModule.update({ where: { slug: 'pickaxe' }, data: { ...own, version: '0.0.0' } });
  await syncModules();
  const row = await db.serverModule.findUniqueOrThrow({ where: { slug: 'pickaxe' } });
  expect(row).toMatchObject(own);
  expect(row.version).toBe((await getModule('pickaxe'))?.version);
});

it('shows what a module can do, also for a row whose code is gone', async () => {
  await syncModules();
  await db.serverModule.update({ where: { slug: 'pickaxe' }, data: { slug: 'gone', supportsSuspend: false } });
  await syncModules();
  const { items } = await listModuleItems(moduleFilter.parse({}));
  const can = (slug: string) => items.find((item) => item.slug === slug)?.capabilities;
  expect(can('pickaxe')).toMatchObject({ suspend: true, lookUp: true });
  expect(can('gone')).toMatchObject({ suspend: false, lookUp: false });
});

it('believes a module that switches off what it must have', () => {
  const done = () => Promise.resolve(true);
  const methods = {
    create: () => Promise.resolve({}),
    suspend: done,
    unsuspend: done,
    terminate: done,
    changePassword: done,
  };
  // Only what `capabilitiesOf` reads.
  const module = { ...methods, supports: { suspend: false } } as unknown as ServerModuleInterface;
  expect(capabilitiesOf(module)).toMatchObject({ suspend: false, terminate: true, usage: false, actions: [] });
});
