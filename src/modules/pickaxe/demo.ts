import { pickaxeOptions } from './policies';

/** The options of a product with other figures to start from. */
function options(sizes: Record<string, number>, labels: Record<string, string>) {
  return pickaxeOptions.map(({ optionId, unit, min, max, step, default: usual }) => ({
    id: optionId,
    label: labels[optionId] ?? optionId,
    unit,
    min,
    max,
    step,
    default: sizes[optionId] ?? usual,
  }));
}

const LABELS = { ram: 'Memory', cpu: 'Processor', disk: 'Disk space' };

/** Sample data of the demo and of tests. Connection settings come from the running simulators, in the order of `servers`. */
export const pickaxeDemo = {
  group: { name: 'Game servers EU', fillType: 'fill' },
  servers: [
    { name: 'Oak', hostname: 'oak.games.example', ipAddress: '203.0.113.10', type: 'GAME', maxAccounts: 40 },
    { name: 'Birch', hostname: 'birch.games.example', ipAddress: '203.0.113.11', type: 'GAME', maxAccounts: 40 },
  ],
  products: [
    {
      name: 'Minecraft Starter',
      description: 'A small world for a few friends.',
      moduleSettings: { game: 'minecraft' },
      configOptions: options({ ram: 2048, cpu: 100, disk: 10_240 }, LABELS),
    },
    {
      name: 'Minecraft Pro',
      description: 'Mods, many players, room to grow.',
      moduleSettings: { game: 'minecraft' },
      configOptions: options({ ram: 8192, cpu: 300, disk: 40_960 }, LABELS),
    },
    {
      name: 'Valheim',
      description: 'A world of ten, always on.',
      moduleSettings: { game: 'valheim' },
      configOptions: options({ ram: 4096, cpu: 200, disk: 20_480 }, LABELS),
    },
  ],
} as const;
