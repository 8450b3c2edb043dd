import { expect, it } from 'vitest';
import { describeServerModule } from '@/modules/sdk/contract-suite';
import { checkDefinition } from './check-definition';
import { acceptedDefinition, depotDefinition } from './demo';
import { makeModule } from './index';
import { depotSimulator } from './simulator';

describeServerModule({ module: makeModule(depotDefinition, 1), simulator: depotSimulator });
describeServerModule({
  module: { ...makeModule(acceptedDefinition(), 1), name: 'Depot, which only accepts' },
  simulator: depotSimulator,
});

it('finds nothing wrong with the definitions of the simulated panel', () => {
  expect([checkDefinition(depotDefinition), checkDefinition(acceptedDefinition())]).toEqual([
    { issues: [], warnings: [] },
    { issues: [], warnings: [] },
  ]);
});
