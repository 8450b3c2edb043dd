import type { ModuleService } from './contract';
import type { Bench } from './contract-bench';
import { ModuleError } from './errors';
import type { SimulatorDefinition } from './simulator-definition';

/** What each part of the contract suite plays on. */
export interface Scene {
  bench(): Bench;
  definition: SimulatorDefinition<object>;
  newService(): ModuleService;
  /** Settings of another product, for a change of package. */
  otherSettings: Record<string, unknown>;
}

/** For calls that a fault keeps waiting. Ending early for another reason would be just as unknown. */
export const IMPATIENT = { limitMs: 600 };

/** How a call failed, for a test to compare: `refused conflict`. */
export function endOf(error: unknown): string {
  return error instanceof ModuleError ? `${error.outcome} ${error.kind}` : `escaped: ${String(error)}`;
}
