import { expect, it } from 'vitest';
import { z } from 'zod';
import { definitionSchema } from './definition';
import { depotDefinition } from './demo';
import { listReady } from './ready';
import { readWords, textsOf } from './texts';

/** Every text of the editor's form that people read. */
function read(node: unknown, found = new Set<string>()): Set<string> {
  if (typeof node !== 'object' || node === null) return found;
  for (const [key, value] of Object.entries(node)) {
    if (typeof value === 'string' && (key === 'title' || key === 'description')) found.add(value);
    else if (key === 'labels') for (const label of Object.values(value)) found.add(String(label));
    else read(value, found);
  }
  return found;
}

it('has Turkish words for the whole form of a definition and for the ready ones, and for nothing else', async () => {
  const form = read(z.toJSONSchema(definitionSchema, { io: 'input', target: 'draft-7', unrepresentable: 'any' }));
  const ready = (await listReady()).map(({ description }) => description);
  expect(Object.keys(await readWords('tr')).sort()).toEqual([...form, ...ready].sort());
});

it('has no words for English, and none for a language that is not there', async () => {
  expect(await readWords('en')).toEqual({});
  expect(await readWords('constructor')).toEqual({});
});

it('translates the fields that the program adds, and no field of the same name that is the definition’s own', async () => {
  const { tr } = textsOf(depotDefinition);
  const none = {
    ...depotDefinition,
    connection: { ...depotDefinition.connection, authentication: { by: 'none' as const } },
  };
  expect((await tr?.())?.default).toMatchObject({ config: { key: { title: 'Anahtar' } } });
  expect(Object.keys(Object((await textsOf(none).tr?.())?.default.config))).toEqual(['baseUrl']);
});
