import type { ModuleOption, ModulePolicies } from '@/modules/sdk/contract';

/** What an order gets that does not say otherwise: MB of memory, percent of one core, MB of disk. */
export const DEFAULT_SIZES = { ram: 2048, cpu: 100, disk: 10240 } as const;
export type Size = keyof typeof DEFAULT_SIZES;

export const pickaxeOptions: readonly ModuleOption[] = [
  { optionId: 'ram', label: 'options.ram', unit: 'MB', default: DEFAULT_SIZES.ram, min: 256, max: 262_144, step: 256 },
  { optionId: 'cpu', label: 'options.cpu', unit: '%', default: DEFAULT_SIZES.cpu, min: 25, max: 6_400, step: 25 },
  {
    optionId: 'disk',
    label: 'options.disk',
    unit: 'MB',
    default: DEFAULT_SIZES.disk,
    min: 1_024,
    max: 4_194_304,
    step: 1_024,
  },
];

export const pickaxePolicies: ModulePolicies = {
  // A second create with the same external id is answered with 409 and the id of the first.
  duplicates: 'panel-refuses',
  proof: 'external-id',
  // A create answers when the files are there; one that is cut off goes on for a minute at most.
  settleSeconds: 90,
  maxParallel: 4,
  needsDomain: false,
  limits: {
    test: 10,
    create: 90,
    suspend: 30,
    unsuspend: 30,
    terminate: 90,
    changePassword: 30,
    changePackage: 60,
    lookUp: 20,
    usage: 60,
    sso: 15,
    action: 30,
  },
};
