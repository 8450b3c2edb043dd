import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDataFolder, readSecrets } from './data-folder.mjs';

let parent: string;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'hyble-data-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const mode = (path: string) => statSync(path).mode & 0o777;

it('keeps demo data and a real installation apart, both ways', () => {
  const demo = openDataFolder(join(parent, 'demo'), 'demo');
  readSecrets(demo);
  expect(() => openDataFolder(demo, 'production')).toThrow(/demo data/);
  expect(openDataFolder(demo, 'demo')).toBe(demo);

  const real = openDataFolder(join(parent, 'real'), 'production');
  readSecrets(real);
  expect(() => openDataFolder(real, 'demo')).toThrow(/real installation/);
  expect(existsSync(join(real, 'demo'))).toBe(false);
});

it('generates secrets once and lets nobody else read them', () => {
  const folder = openDataFolder(join(parent, 'a', 'b'), 'production');
  const secrets = readSecrets(folder);
  expect(readSecrets(folder)).toEqual(secrets);
  expect(mode(join(folder, 'secrets.json'))).toBe(0o600);
  expect(mode(folder) & 0o077).toBe(0);
  expect(mode(join(parent, 'a')) & 0o055).not.toBe(0); // parents keep the usual rights
  expect(secrets.inngestSigningKey).toMatch(/^signkey-prod-[0-9a-f]{64}$/);
  expect(readFileSync(join(folder, 'secrets.json'), 'utf8')).toContain(secrets.databasePassword);
});
