import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import { describeServerModule } from '@/modules/sdk/contract-suite';
import pickaxe from './index';
import { pickaxeSimulator } from './simulator';

describeServerModule({ module: pickaxe, simulator: pickaxeSimulator, moduleSettings: { game: 'valheim' } });

it('is called like its folder and its simulator, and brings what the panel shows', () => {
  expect([pickaxe.slug, pickaxeSimulator.slug]).toEqual(['pickaxe', 'pickaxe']);
  expect(readdirSync(import.meta.dirname)).toEqual(expect.arrayContaining(['README.md', 'logo.svg', 'openapi.yaml']));
});
