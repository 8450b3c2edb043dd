import { readdirSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import en from '@/messages/en.json';

const kinds = Object.keys(en.audit.does);
const ACTION = new RegExp(`'((?:${kinds.join('|')})\\.[a-z-]+)'`, 'g');

/** Every action that the program writes down, as it stands in the sources. */
function actions(): Set<string> {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('.ts') && !/\.test\.|^generated/.test(file),
  );
  const texts = files.map((file) => readFileSync(`src/${file}`, 'utf8')).filter((text) => text.includes('recordAudit'));
  return new Set(texts.flatMap((text) => [...text.matchAll(ACTION)].map(([, action = '']) => action)));
}

it('has words for everything that is written into the audit log', () => {
  const words = Object.entries(en.audit.does).flatMap(([kind, does]) =>
    Object.keys(does).map((act) => `${kind}.${act}`),
  );
  const found = actions();
  expect(found.size).toBeGreaterThan(50);
  expect([...found].filter((action) => !words.includes(action))).toEqual([]);
});
