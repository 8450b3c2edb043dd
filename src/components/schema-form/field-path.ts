import type { Field } from './fields';

/**
 * The titles a reader meets on the way to a field: `['operations', 'create', 'calls', 0, 'title']` is "Operations",
 * "Create", "Calls 1", "Name". What no field is known of keeps its name.
 */
export function fieldTitles(fields: readonly Field[], path: readonly (string | number)[]): string[] {
  const [step, ...rest] = path;
  if (step === undefined) return [];
  const field = fields.find(({ name }) => name === String(step));
  return field ? titlesWithin(field, field.title, rest) : [step, ...rest].map(String);
}

function titlesWithin(field: Field, title: string, rest: readonly (string | number)[]): string[] {
  if (field.kind === 'group') return [title, ...fieldTitles(field.fields, rest)];
  if (field.kind === 'union') return [title, ...fieldTitles(fieldsOfVariants(field.variants), rest)];
  const [index, ...deeper] = rest;
  if (field.kind !== 'list' || index === undefined) return [title, ...rest.map(String)];
  return titlesWithin(field.item, `${title} ${Number(index) + 1}`, deeper);
}

const fieldsOfVariants = (variants: readonly { fields: Field[] }[]) => variants.flatMap(({ fields }) => fields);
