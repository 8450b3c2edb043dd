import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newModule } from './new-module.mjs';

it('makes a folder of the usual shape and one line in the registry, once', () => {
  const modules = mkdtempSync(join(tmpdir(), 'modules-'));
  writeFileSync(join(modules, 'registry.ts'), readFileSync('src/modules/registry.ts', 'utf8'));
  const files = newModule(modules, 'acme-panel', 'ACME');
  for (const file of files) {
    expect(existsSync(join(modules, file))).toBe(true);
    expect(readFileSync(join(modules, file), 'utf8'), file).not.toMatch(/__\w+__/);
  }
  // The shape that the first module set.
  const shape =
    'README.md answers.ts client.ts config.ts demo.ts errors.ts index.ts logo.svg operations.ts policies.ts simulator.ts';
  expect(files).toEqual(expect.arrayContaining(shape.split(' ').map((file) => `acme-panel/${file}`)));
  expect(readFileSync(join(modules, 'registry.ts'), 'utf8')).toContain(
    "'acme-panel': () => import('./acme-panel'),\n  cpanel:",
  );
  expect(() => newModule(modules, 'acme-panel')).toThrow(/exists already/);
  for (const slug of ['', '../x', 'Acme', 'a b', '-a', 'a--b'])
    expect(() => newModule(modules, slug)).toThrow(/no slug/);
  rmSync(modules, { recursive: true });
});
