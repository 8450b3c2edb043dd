import type { Inngest, InngestFunction } from 'inngest';
import { calledOffScenarios, singletonScenarios } from './functions-cancelled';
import { failureScenarios } from './functions-failures';
import { startScenarios } from './functions-starts';
import { stepScenarios } from './functions-steps';
import { waitScenarios } from './functions-waits';
import type { Notes } from './notes';

/**
 * The functions of the scenario suite. Each does one thing that our own functions rely on and notes what happened, under
 * the key of its event, so that one suite never sees another's notes. What each must note stands in expectations.ts.
 */
export function scenarioFunctions(client: Inngest, notes: Notes): InngestFunction.Any[] {
  return [
    ...stepScenarios(client, notes),
    ...failureScenarios(client, notes),
    ...waitScenarios(client, notes),
    ...startScenarios(client, notes),
    ...singletonScenarios(client, notes),
    ...calledOffScenarios(client, notes),
  ];
}
