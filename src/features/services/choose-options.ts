import { z } from 'zod';
import { DomainError, type FieldIssue } from '@/lib/errors';

/** What a product lets the customer choose: a quantity per option. */
export const configOptionSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/i),
  label: z.string().min(1).max(80),
  unit: z.string().max(20).default(''),
  min: z.number().int().min(0),
  max: z.number().int().positive(),
  step: z.number().int().positive().default(1),
  default: z.number().int().min(0),
});
export type ConfigOption = z.infer<typeof configOptionSchema>;
export interface ChosenOption {
  optionId: string;
  quantity: number;
}

/** The order's choice checked against the product's options; what was not chosen gets its default. */
export function chooseOptions(offered: readonly ConfigOption[], chosen: readonly ChosenOption[]): ChosenOption[] {
  const issues: FieldIssue[] = [];
  const seen = new Set<string>();
  chosen.forEach(({ optionId, quantity }, index) => {
    const option = offered.find((candidate) => candidate.id === optionId);
    const refuse = (field: string, message: string) => issues.push({ path: ['configOptions', index, field], message });
    if (!option) refuse('optionId', `This product has no option "${optionId}". It has: ${listOf(offered)}.`);
    else if (seen.has(optionId)) refuse('optionId', `${option.label} is given twice.`);
    else if (quantity < option.min || quantity > option.max) {
      refuse('quantity', `${option.label} must be between ${option.min} and ${option.max} ${option.unit}.`.replace(' .', '.'));
    } else if ((quantity - option.min) % option.step !== 0) {
      refuse('quantity', `${option.label} goes in steps of ${option.step} ${option.unit} from ${option.min}.`.replace('  ', ' '));
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

function listOf(offered: readonly ConfigOption[]): string {
  return offered.length === 0 ? 'none' : offered.map((option) => option.id).join(', ');
}
