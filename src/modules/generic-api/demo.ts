import { type Definition, definitionSchema } from './definition';
import depot from './definitions/depot.json';

/** The definition of the simulated panel: the example of the documentation, and what demo and tests work with. */
export const depotDefinition: Definition = definitionSchema.parse(depot);

/** The same panel by its other way of creating, which only accepts and is asked until it is done. */
export function acceptedDefinition(): Definition {
  const [make, ...rest] = depotDefinition.operations.create.calls;
  if (!make) throw new Error('the example has lost its first call');
  const accepted: typeof make = {
    ...make,
    request: { ...make.request, path: '/jobs/accounts' },
    answer: 'json',
    statuses: [202],
    keep: [
      { name: 'task', value: 'body.task' },
      { name: 'id', value: 'string(body.account)' },
    ],
    wait: {
      path: '/tasks/{{ kept.task }}',
      query: [],
      done: 'body.state == "finished"',
      failed: 'body.state == "failed"',
      gone: 'status == 404',
      note: 'body.step',
      percent: 'body.percent',
      everySeconds: 1,
      forSeconds: 600,
    },
  };
  const { create } = depotDefinition.operations;
  return {
    ...depotDefinition,
    slug: 'depot-jobs',
    operations: { ...depotDefinition.operations, create: { ...create, calls: [accepted, ...rest] } },
  };
}
