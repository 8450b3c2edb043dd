import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeServerModule } from '@/modules/sdk/contract-suite';
import cpanel from './index';
import { cpanelSimulator, simulatorOf } from './simulator';
import { cpanelState } from './simulator-state';

const moduleSettings = { plan: 'starter' };

describeServerModule({
  module: cpanel,
  simulator: cpanelSimulator,
  moduleSettings,
  otherSettings: { plan: 'business' },
});

describe('a server that speaks as old ones do', () => {
  const dialect = { old: true, noisy: true, chunkless: true };
  describeServerModule({
    module: cpanel,
    simulator: { ...cpanelSimulator, initial: () => cpanelState({ dialect }) },
    moduleSettings,
  });
});

describe('a server that answers in the oldest form, asked by a reseller', () => {
  const login = { user: 'reseller', token: 'R3S3LL3RT0K3NR3S3LL3RT0K3N' };
  describeServerModule({
    module: cpanel,
    simulator: { ...cpanelSimulator, initial: () => cpanelState({ dialect: { legacy: true }, login }) },
    moduleSettings,
  });
});

it('is called like its folder and its simulator, and brings what the panel shows', () => {
  expect([cpanel.slug, simulatorOf(cpanelState()).slug]).toEqual(['cpanel', 'cpanel']);
  expect(readdirSync(import.meta.dirname)).toEqual(expect.arrayContaining(['README.md', 'logo.svg', 'messages']));
});
