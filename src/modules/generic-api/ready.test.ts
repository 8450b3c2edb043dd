import { expect, it } from 'vitest';
import { checkDefinition } from './check-definition';
import { listReady } from './ready';

it('ships definitions that can be used as they are, without a warning', async () => {
  const ready = await listReady();
  expect(ready.map(({ slug }) => slug)).toEqual(['influxdb', 'powerdns', 'rabbitmq']);
  for (const definition of ready) {
    expect([definition.slug, checkDefinition(definition)]).toEqual([definition.slug, { issues: [], warnings: [] }]);
  }
});
