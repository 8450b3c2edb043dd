import { expect, it } from 'vitest';
import { checkDocument, checkSource } from './check-structure.mjs';

const one = (line: string, file = 'src/features/x/do-it.ts') => checkSource(file, `${line}\n`);

it.each([
  ['const x: any = 1;', /no `any`/],
  ['const x = y as any;', /no `any`/],
  ['// @ts-ignore', /suppressed/],
  ["import { request } from 'undici';", /outbound|calls go out/],
  ["await fetch('http://x');", /calls go out/],
  ['const home = process.env.HOME;', /process\.env/],
  ['const x = y as unknown as Z;', /double cast/],
])('refuses %s', (line, words) => {
  expect(one(line).join()).toMatch(words);
});

it.each([
  ['// any word in a comment, even process.env'],
  ['const many = company;'],
  ['await client.fetch(1);'],
  ['const x = y as unknown as Z; // the library says so'],
])('accepts %s', (line) => {
  expect(one(line)).toEqual([]);
});

it('keeps durable functions to what the embedded executor does', () => {
  const waits = "await step.waitForEvent('x', { event: 'y', timeout: '1h' });";
  expect(one(waits, 'inngest/functions/x.ts').join()).toMatch(/does not do this/);
  expect(one(waits, 'inngest/scenarios/x.ts')).toEqual([]);
});

it('lets the outbound client dial', () => {
  expect(one("import { request } from 'undici';", 'src/modules/sdk/dial.ts')).toEqual([]);
});

it('measures length and wants assertions', () => {
  expect(checkSource('src/a.ts', 'x\n'.repeat(401)).join()).toMatch(/401 lines/);
  expect(checkSource('src/a.test.ts', 'it();\n').join()).toMatch(/asserts nothing/);
});

it('finds documents that name files which are not there', () => {
  const text = 'See `src/gone.ts`, `src/here.ts` and `src/modules/<slug>/index.ts`.';
  expect(checkDocument('README.md', text, (path: string) => path === 'src/here.ts')).toEqual([
    'README.md: names src/gone.ts, which does not exist',
  ]);
});
