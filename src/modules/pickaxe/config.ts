import { z } from 'zod';
import { apiAddress, line, secret } from '@/modules/sdk/fields';

/** Connection settings of one server: one node of one Pickaxe installation. */
export const pickaxeConfig = z.strictObject({
  apiUrl: apiAddress({
    title: 'API address',
    description: 'As shown in Pickaxe under Settings → API.',
    placeholder: 'https://panel.example.com/api',
  }),
  apiKey: secret({ title: 'API key', description: 'Made in Pickaxe under Settings → API → New key.' }),
  nodeId: line(
    { title: 'Node', description: 'The id of the machine that new game servers go to.', placeholder: 'node-1' },
    64,
  ),
});
export type PickaxeConfig = z.infer<typeof pickaxeConfig>;

export const DEFAULT_GAME = 'minecraft';

/** What a product sets. */
export const pickaxeSettings = z.strictObject({
  game: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9._-]{0,63}$/i, 'Expected the short name of a game, such as minecraft')
    .default(DEFAULT_GAME)
    .meta({
      title: 'Game',
      description: "The game's short name in Pickaxe.",
      suggestions: [
        'minecraft',
        'valheim',
        'rust',
        'terraria',
        'palworld',
        'factorio',
        'satisfactory',
        'counter-strike-2',
      ],
    }),
});
export type PickaxeSettings = z.infer<typeof pickaxeSettings>;
