import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { syncModules } from '@/features/modules/sync-modules';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { simulatorOf } from '@/modules/cpanel/simulator';
import { cpanelState } from '@/modules/cpanel/simulator-state';
import { type Simulator, startSimulator } from '@/modules/sdk/simulator-host';
import { makeServer } from '../../../prisma/factories/server';
import { makeServerGroup } from '../../../prisma/factories/server-group';
import { readPanelPackages } from './panel-packages';
import { packagesInput } from './schema';

const ctx = systemContext('test');
const small = { name: 'small', QUOTA: '1000', BWLIMIT: 'unlimited' };
const large = { name: 'large', QUOTA: '20000', BWLIMIT: '1000' };
const panels: Simulator[] = [];
const world = { group: '', other: '' };

beforeAll(async () => {
  for (const packages of [[small, large], [small]])
    panels.push(await startSimulator(simulatorOf(cpanelState({ packages }))));
  process.env.OUTBOUND_ALLOW_LOOPBACK_PORTS = panels.map(({ url }) => new URL(url).port).join(',');
  await syncModules();
  const { id: moduleId } = await db.serverModule.findUniqueOrThrow({ where: { slug: 'cpanel' } });
  world.group = (await makeServerGroup()).id;
  world.other = (await makeServerGroup()).id;
  for (const [name, panel] of [
    ['Elm', panels[0]],
    ['Fir', panels[1]],
  ] as const)
    await makeServer({ moduleId, name, groupId: world.group, config: panel?.credentials ?? {} });
  await makeServer({
    moduleId,
    name: 'Alder',
    groupId: world.other,
    config: panels[0]?.credentials ?? {},
    isDisabled: true,
  });
});
beforeEach(() => {
  for (const panel of panels) panel.clearFaults();
});
afterAll(() => Promise.all(panels.map((panel) => panel.stop())));

const read = (input: object) => readPanelPackages(ctx, packagesInput.parse({ moduleSlug: 'cpanel', ...input }));

it('offers what the panels of the group have, what all of them have first', async () => {
  expect(await read({ serverGroupId: world.group })).toEqual({
    supported: true,
    items: [
      { value: 'small', label: 'small', description: 'Disk 1000 MB · ⇄ ∞', missingOn: [] },
      { value: 'large', label: 'large', description: 'Disk 20000 MB · ⇄ 1000 MB', missingOn: ['Fir'] },
    ],
    answered: ['Elm', 'Fir'],
    silent: [],
  });
});

it('tells which panel did not answer and why, and still offers what the others have', async () => {
  panels[0]?.fault({ op: 'packages', fault: 'http401' });
  const answer = await read({ serverGroupId: world.group });
  expect(answer).toMatchObject({ items: [{ value: 'small', missingOn: [] }], answered: ['Fir'] });
  expect(answer.silent).toEqual([{ server: 'Elm', words: expect.stringMatching(/\w/) }]);
});

it('has nothing to ask in a group without a working server, and of a module without such a list', async () => {
  const nothing = { supported: false, items: [], answered: [], silent: [] };
  expect(await read({ serverGroupId: world.other })).toEqual(nothing);
  expect(await read({ moduleSlug: 'pickaxe' })).toEqual(nothing);
});
