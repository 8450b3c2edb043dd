import { expect, it } from 'vitest';
import { z } from 'zod';
import { getModule } from '@/modules/registry';
import { splitReadme } from './module-files';
import { formSchema } from './module-forms';
import { textsOf } from './module-texts';

const schema = z.object({
  region: z.enum(['eu', 'us']).meta({ title: 'Region', description: 'Where.' }),
  login: z.discriminatedUnion('by', [
    z.object({ by: z.literal('token'), token: z.string().meta({ title: 'Token', secret: true }) }),
    z.object({ by: z.literal('user'), user: z.string() }),
  ]),
  nodes: z.array(z.object({ name: z.string() })),
});
const TEXTS: Record<string, string> = {
  'config.region.title': 'Bölge',
  'config.region.labels.eu': 'Avrupa',
  'config.login.labels.token': 'Anahtar ile',
  'config.login.token.title': 'Anahtar',
  'config.nodes.items.name.title': 'Düğüm',
};

it('puts the module’s texts on fields, labels and alternatives, wherever they lie', () => {
  expect(formSchema(schema, 'config', (path) => TEXTS[path] ?? null)).toMatchObject({
    properties: {
      region: { title: 'Bölge', description: 'Where.', labels: { eu: 'Avrupa' } },
      login: { oneOf: [{ title: 'Anahtar ile', properties: { token: { title: 'Anahtar', secret: true } } }, {}] },
      nodes: { items: { properties: { name: { title: 'Düğüm' } } } },
    },
  });
});

it('falls back to English, then to the schema, and never reads what is not the module’s own', async () => {
  const pickaxe = await getModule('pickaxe');
  expect((await textsOf(pickaxe, 'tr'))('config.nodeId.title')).toBe('Düğüm');
  expect((await textsOf(pickaxe, 'xx'))('config.nodeId.title')).toBe('Node');
  const none = await textsOf(null, 'constructor');
  expect([none('name'), none('constructor.name'), none('__proto__')]).toEqual([null, null, null]);
});

it('takes the facts off a read-me', () => {
  expect(splitReadme('---\nslug: a\npanelVersions: "2.x"\n---\n\n# A\n')).toEqual({
    facts: { slug: 'a', panelVersions: '2.x' },
    text: '# A',
  });
  expect(splitReadme('# A\n---\nb')).toEqual({ facts: {}, text: '# A\n---\nb' });
});
