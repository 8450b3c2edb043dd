import { expect, it } from 'vitest';
import { LAYERS, toRules } from './layers.mjs';

const EXAMPLES: Array<[layer: string, file: string]> = [
  ['pages', 'src/app/(admin)/services/page.tsx'],
  ['route-handlers', 'src/app/api/health/route.ts'],
  ['feature-ui', 'src/features/services/ui/service-list.tsx'],
  ['feature-schemas', 'src/features/services/schema.ts'],
  ['routers', 'src/features/services/router.ts'],
  ['verbs-and-queries', 'src/features/services/create-service.ts'],
  ['durable-functions', 'inngest/functions/provision-service.ts'],
  ['embedded-executor', 'inngest/embedded/protocol.ts'],
  ['module-sdk', 'src/modules/sdk/http.ts'],
  ['module-registry', 'src/modules/registry.ts'],
  ['server-modules', 'src/modules/pickaxe/client.ts'],
  ['components', 'src/components/page.tsx'],
  ['lib', 'src/lib/db.ts'],
];

/** The layers a file belongs to. */
const layersOf = (file: string) =>
  LAYERS.filter(
    ({ from, but = [] }) => new RegExp(from).test(file) && ![but].flat().some((part) => new RegExp(part).test(file)),
  );

it.each(EXAMPLES)('%s holds %s and no other layer does', (layer, file) => {
  expect(layersOf(file).map(({ name }) => name)).toEqual([layer]);
});

it('makes two rules of each layer, and three for all', () => {
  expect(toRules()).toHaveLength(2 * LAYERS.length + 3);
});
