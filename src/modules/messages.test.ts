import { expect, it } from 'vitest';
import { z } from 'zod';
import { listModules } from './registry';
import type { ServerModuleInterface } from './sdk/contract';

function paths(value: unknown, at = ''): string[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([key, child]) => paths(child, at ? `${at}.${key}` : key));
}

/** Everything of a module that a page shows and a language has to name. */
function wanted(module: ServerModuleInterface): string[] {
  const fields = (prefix: string, schema: z.ZodType | undefined) =>
    Object.entries(
      (schema && z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }).properties) ?? {},
    ).flatMap(([key, field]) => [
      `${prefix}.${key}.title`,
      ...(typeof field === 'object' ? (field.enum ?? []) : []).map((value) => `${prefix}.${key}.labels.${value}`),
    ]);
  return [
    'name',
    'description',
    ...fields('config', module.configSchema),
    ...fields('settings', module.settingsSchema),
    ...(module.options ?? []).map(({ label }) => label),
    ...(module.customActions ?? []).map(({ label }) => label),
  ];
}

it('every module names all it shows, in every language of the panel', async () => {
  for (const module of await listModules()) {
    const texts = Object.entries(module.messages ?? {});
    expect(texts.map(([language]) => language).toSorted(), module.slug).toEqual(['en', 'tr']);
    for (const [language, load] of texts) {
      const known = paths((await load()).default);
      expect(
        wanted(module).filter((path) => !known.includes(path)),
        `${module.slug} ${language}`,
      ).toEqual([]);
    }
    const [first = [], second = []] = await Promise.all(texts.map(async ([, load]) => paths((await load()).default)));
    expect(first.toSorted(), module.slug).toEqual(second.toSorted());
  }
});
