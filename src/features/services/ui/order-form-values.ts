import { errorsByPath, type FieldIssue } from '@/components/form-issues';
import type { ServerChoice } from '@/features/placement/ui/order-server';

export interface OfferedOption {
  id: string;
  label: string;
  unit: string;
  min: number;
  max: number;
  step: number;
  default: number;
}

export interface OrderValues {
  customerId: string | null;
  productId: string | null;
  domain: string;
  /** By option id; '' while the field is empty. */
  options: Record<string, number | string>;
  server: ServerChoice;
}

/** The rule of the product's group chooses. */
export const BY_RULE: ServerChoice = { byHand: false, serverId: null, overrideReason: '' };

/** What is sent of a server chosen by hand. */
export function toServer({ byHand, serverId, overrideReason }: ServerChoice) {
  if (!byHand || serverId === null) return {};
  const reason = overrideReason.trim();
  return { serverId, ...(reason && { overrideReason: reason }) };
}

/** What is sent for the chosen options, in the order in which the product offers them. */
export function toConfigOptions(offered: readonly OfferedOption[], values: OrderValues['options']) {
  return offered.map(({ id, default: preset }) => {
    const value = values[id];
    return { optionId: id, quantity: typeof value === 'number' ? value : preset };
  });
}

/**
 * Field errors of a refused order, by the names that the form's fields have. The server counts options by their place
 * in the list that was sent, the form knows them by their id.
 */
export function orderErrors(issues: readonly FieldIssue[], offered: readonly OfferedOption[]): Record<string, string> {
  return errorsByPath(
    issues.map(({ path, message }) => {
      const [field, index] = path;
      const option = field === 'configOptions' && typeof index === 'number' ? offered[index] : undefined;
      return { path: option ? ['options', option.id] : path, message };
    }),
  );
}

type OptionProblem = 'optionMissing' | 'optionRange' | 'optionStep';

/** What is wrong with a quantity before anybody is asked; null = nothing. The server judges again. */
export function optionProblem(option: OfferedOption, value: number | string | undefined): OptionProblem | null {
  if (typeof value !== 'number') return 'optionMissing';
  if (value < option.min || value > option.max) return 'optionRange';
  return (value - option.min) % option.step === 0 ? null : 'optionStep';
}
