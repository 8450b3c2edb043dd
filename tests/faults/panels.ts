import type { ChangeWish } from '@/features/operations/change-input';
import type { Prisma } from '@/generated/prisma/client';
import { cpanelSimulator } from '@/modules/cpanel/simulator';
import type { Definition } from '@/modules/generic-api/definition';
import { depotDefinition } from '@/modules/generic-api/demo';
import { depotSimulator } from '@/modules/generic-api/simulator';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import type { SimulatedAccount } from '@/modules/sdk/simulator-definition';
import { type Simulator, startSimulator } from '@/modules/sdk/simulator-host';

/** One kind of panel that has to bear every fault: its simulator, and what to order on it. */
export interface FaultPanel {
  slug: string;
  /** Of a module without code. */
  definition?: Definition;
  start(): Promise<Simulator>;
  /** What the ordered product sets. */
  settings: Prisma.InputJsonObject;
  /** What a change of package asks for. */
  change: NonNullable<ChangeWish['change']>['to'];
  /** The simulator's names of calls that are not called like our operation. */
  packageCall: string;
  /** The call that looks for an account, and whether that comes before a first create. */
  look: { call: string; beforeCreate: boolean };
  /** Accounts that stand where ours stood, by every name the panel knows, and are not ours. */
  strangers(ours: SimulatedAccount): Record<string, Partial<SimulatedAccount>>;
  /** It is looked for by our own id, so that a stranger is never seen: our account counts as gone. */
  strangersUnseen?: true;
  /** An action that may be repeated, and its call; absent where the module has none. */
  action?: { id: string; call: string };
}

const change = (moduleSettings: Prisma.InputJsonObject, ram?: number) => ({
  productId: '',
  moduleSettings,
  configOptions: ram === undefined ? [] : [{ optionId: 'ram', quantity: ram }],
});

/** A further module is one more entry here. */
export const PANELS: FaultPanel[] = [
  {
    slug: 'pickaxe',
    start: () => startSimulator(pickaxeSimulator),
    settings: {},
    change: change({}, 4096),
    packageCall: 'resize',
    look: { call: 'get', beforeCreate: false },
    strangers: (ours) => ({
      'another external id': { ...ours, externalId: 'somebody-else' },
      'no external id': { ...ours, externalId: null },
    }),
    action: { id: 'start', call: 'power' },
  },
  {
    slug: 'cpanel',
    start: () => startSimulator(cpanelSimulator),
    settings: { plan: 'starter' },
    change: change({ plan: 'business' }),
    packageCall: 'package',
    look: { call: 'get', beforeCreate: true },
    strangers: (ours) => ({
      'another domain': { ...ours, domain: 'stranger.example' },
      'another owner': { ...ours, owner: 'somebody' },
      'our domain, but made before our order': { ...ours, createdAt: new Date(Date.now() - 3_600_000).toISOString() },
    }),
  },
  {
    slug: 'generic-depot',
    definition: depotDefinition,
    start: () => startSimulator(depotSimulator),
    settings: {},
    change: { ...change({}), configOptions: [{ optionId: 'disk', quantity: 4096 }] },
    packageCall: 'resize',
    look: { call: 'get', beforeCreate: false },
    strangersUnseen: true,
    strangers: (ours) => ({
      'another external id': { ...ours, externalId: 'somebody-else' },
    }),
  },
];
