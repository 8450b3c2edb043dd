import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { getModule, isExternal, listModules, loadExternalModules } from './registry';
import { asServerModule } from './sdk/load-module';

/** What somebody wrote who knows the specification and nothing else. */
class FromTheSpecification {
  name = 'Plain';
  slug = 'plain';
  version = '1.0.0';
  configSchema: unknown = z.object({ url: z.string() });
  testConnection = () => Promise.resolve(true);
  create = () => Promise.resolve({ username: 'a' });
  suspend = () => Promise.resolve(true);
  unsuspend = () => Promise.resolve(true);
  terminate = () => Promise.resolve(true);
  changePassword = () => Promise.resolve(true);
}

describe('the registry', () => {
  it('has the modules that come with the program, each under its own slug', async () => {
    const modules = await listModules();
    expect(modules.map(({ slug }) => slug)).toContain('pickaxe');
    for (const module of modules) expect(await getModule(module.slug)).toBe(module);
  });

  it.each(['nothing', '../pickaxe', 'constructor', '__proto__', 'toString', ''])('has no module %j', async (slug) => {
    expect(await getModule(slug)).toBeNull();
  });

  it('loads more by path and refuses what is none, by name', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'modules-'));
    const file = join(folder, 'mine.mjs');
    const call = '() => Promise.resolve(true)';
    const methods = ['testConnection', 'create', 'suspend', 'unsuspend', 'terminate', 'changePassword'];
    writeFileSync(
      file,
      `export default { name: 'Mine', slug: 'mine', version: '1', configSchema: { _zod: {} }, ${methods.map((name) => `${name}: ${call}`).join(', ')} };`,
    );
    writeFileSync(join(folder, 'empty.mjs'), 'export default {};');
    await loadExternalModules([file]);
    expect((await getModule('mine'))?.name).toBe('Mine');
    expect([isExternal('mine'), isExternal('pickaxe')]).toEqual([true, false]);
    await expect(loadExternalModules([join(folder, 'empty.mjs')])).rejects.toThrow(/empty\.mjs.*"name" is missing/);
    await expect(loadExternalModules(['@acme/not-installed'])).rejects.toThrow(/@acme\/not-installed/);
    rmSync(folder, { recursive: true });
  });
});

describe('asServerModule', () => {
  it('takes a class, an instance and an object', () => {
    for (const written of [
      FromTheSpecification,
      new FromTheSpecification(),
      Object.assign({}, new FromTheSpecification()),
    ]) {
      expect(asServerModule(written, 'plain').slug).toBe('plain');
    }
  });

  it.each([
    ['terminate', { terminate: undefined }],
    ['slug', { slug: 'No Slug' }],
    ['version', { version: '' }],
    ['zod 3', { configSchema: { _def: {}, parse: () => ({}) } }],
    ['configSchema', { configSchema: undefined }],
  ])('names what is wrong: %s', (what, change) => {
    expect(() => asServerModule(Object.assign({}, new FromTheSpecification(), change), 'plain')).toThrow(what);
  });

  it.each([null, undefined, 'text', 7, () => ({})])('refuses %s', (written) => {
    expect(() => asServerModule(written, 'plain')).toThrow(/plain is no server module/);
  });
});
