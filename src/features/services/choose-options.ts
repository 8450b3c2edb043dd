import type { ProductOption } from '@/features/products/schema';
import { DomainError, type FieldIssue } from '@/lib/errors';

export interface ChosenOption {
  optionId: string;
  quantity: number;
}

/** The order's choice checked against the product's options; what was not chosen gets its default. */
export function chooseOptions(offered: readonly ProductOption[], chosen: readonly ChosenOption[]): ChosenOption[] {
  const issues: FieldIssue[] = [];
  const seen = new Set<string>();
  chosen.forEach(({ optionId, quantity }, index) => {
    const option = offered.find((candidate) => candidate.id === optionId);
    const refuse = (field: string, message: string) => issues.push({ path: ['configOptions', index, field], message });
    if (!option) refuse('optionId', `This product has no option "${optionId}". It has: ${listOf(offered)}.`);
    else if (seen.has(optionId)) refuse('optionId', `${option.label} is given twice.`);
    else if (quantity < option.min || quantity > option.max) {
      refuse(
        'quantity',
        `${option.label} must be between ${option.min} and ${option.max} ${option.unit}.`.replace(' .', '.'),
      );
    } else if ((quantity - option.min) % option.step !== 0) {
      refuse(
        'quantity',
        `${option.label} goes in steps of ${option.step} ${option.unit} from ${option.min}.`.replace('  ', ' '),
      );
    }
    seen.add(optionId);
  });
  const first = issues[0];
  if (first) throw new DomainError('BAD_INPUT', first.message, issues);
  return offered.map((option) => ({
    optionId: option.id,
    quantity: chosen.find((choice) => choice.optionId === option.id)?.quantity ?? option.default,
  }));
}

function listOf(offered: readonly ProductOption[]): string {
  return offered.length === 0 ? 'none' : offered.map((option) => option.id).join(', ');
}
