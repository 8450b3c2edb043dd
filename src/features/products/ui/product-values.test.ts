import { expect, it } from 'vitest';
import { createProductInput } from '../schema';
import { draftOf, toInput, valuesOf } from './product-values';

const ram = { id: 'ram', label: 'Memory', unit: 'MB', min: 1024, max: 8192, step: 512, default: 2048 };
const filled = { ...valuesOf(undefined, {}), name: 'Small', configOptions: [draftOf(ram)] };

it('sends what was typed, and the server accepts it', () => {
  const input = toInput({ ...filled, terminateAfterDays: 7 }, { game: 'rust' });
  expect(createProductInput.parse({ moduleSlug: 'pickaxe', ...input })).toMatchObject({
    name: 'Small',
    configOptions: [ram],
    terminateAfterDays: 7,
    moduleSettings: { game: 'rust' },
  });
  expect(toInput(filled, {}).terminateAfterDays).toBeNull();
});

it('leaves an empty number to the server, which names that field', () => {
  const configOptions = [{ ...draftOf(ram), max: '' }];
  const refused = createProductInput.safeParse({ moduleSlug: 'x', ...toInput({ ...filled, configOptions }, {}) });
  expect(refused.error?.issues.map(({ path }) => path.join('.'))).toContain('configOptions.0.max');
});
