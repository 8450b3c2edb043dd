import type { Field, FieldOf } from './fields';

/** JSON only: it travels to the API as it is. */
export type FormObject = Record<string, unknown>;

export function isObject(value: unknown): value is FormObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What a form begins with: what is stored, else what the schema presets, else empty. Secrets always begin empty. */
export function initialValues(fields: readonly Field[], stored: FormObject = {}): FormObject {
  return Object.fromEntries(fields.map((field) => [field.name, initialValue(field, stored[field.name])]));
}

/** A yes or no that may be left open, as an optional one without a preset. */
export const isOpen = (field: FieldOf<'switch'>) => !field.required && field.preset === undefined;

export function initialValue(field: Field, stored: unknown): unknown {
  const known = stored ?? field.preset;
  switch (field.kind) {
    case 'secret':
      return '';
    case 'switch':
      // Where neither was said, neither is sent: "yes" and "no" may both differ from what is left open.
      return typeof known === 'boolean' || isOpen(field) ? known : false;
    case 'number':
      return typeof known === 'number' ? known : '';
    case 'choice':
      return typeof known === 'string'
        ? known
        : field.required && field.values.length === 1
          ? field.values[0]?.value
          : '';
    case 'group':
      // One that may be left out begins left out; a form that knows nothing of it could not send it empty.
      return isObject(known) || field.required ? initialValues(field.fields, isObject(known) ? known : {}) : undefined;
    case 'union':
      return initialUnion(field, isObject(known) ? known : {});
    case 'list':
      return Array.isArray(known) ? known.map((item) => initialValue(field.item, item)) : [];
    case 'json':
      return known === undefined ? '' : JSON.stringify(known, null, 2);
    default:
      return typeof known === 'string' ? known : '';
  }
}

/** The first variant is chosen until somebody chooses another: a required choice is never empty. */
export function initialUnion(field: FieldOf<'union'>, stored: FormObject): FormObject {
  const variant = field.variants.find(({ value }) => value === stored[field.by]) ?? field.variants[0];
  return { [field.by]: variant?.value ?? '', ...initialValues(variant?.fields ?? [], stored) };
}

/** What is sent: fields left empty are left out, but for secrets, where empty means "the stored one". */
export function toSettings(fields: readonly Field[], values: FormObject): FormObject {
  const entries = fields.flatMap((field): [string, unknown][] => {
    const value = toSetting(field, values[field.name]);
    return value === undefined ? [] : [[field.name, value]];
  });
  return Object.fromEntries(entries);
}

function toSetting(field: Field, value: unknown): unknown {
  if (field.kind === 'switch') return typeof value === 'boolean' || isOpen(field) ? value : false;
  if (field.kind === 'group') return isObject(value) ? groupSetting(field, value) : undefined;
  if (field.kind === 'union') {
    if (!isObject(value)) return undefined;
    const variant = field.variants.find((one) => one.value === value[field.by]);
    return variant ? { [field.by]: variant.value, ...toSettings(variant.fields, value) } : undefined;
  }
  if (field.kind === 'list') return Array.isArray(value) ? value.map((item) => toSetting(field.item, item) ?? '') : [];
  if (field.kind === 'secret') return typeof value === 'string' ? value : '';
  const text = typeof value === 'string' ? value.trim() : value;
  if (text === '' || text === undefined || text === null) return undefined;
  return field.kind === 'json' ? readJson(typeof text === 'string' ? text : JSON.stringify(text)) : text;
}

function groupSetting(field: FieldOf<'group'>, value: FormObject): FormObject | undefined {
  const inside = toSettings(field.fields, value);
  const untouched = Object.values(inside).every((part) => part === '' || part === false);
  return untouched && !field.required ? undefined : inside;
}

/** Text that is no JSON stays text: the module's schema says what is wrong with it. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Paths of required fields that are empty. `stored`: secrets that may stay empty, because there is a stored one. */
export function missingFields(
  fields: readonly Field[],
  values: FormObject,
  stored: readonly string[],
  at = '',
): string[] {
  return fields.flatMap((field) =>
    missingIn(field, values[field.name], stored, at ? `${at}.${field.name}` : field.name),
  );
}

function missingIn(field: Field, value: unknown, stored: readonly string[], path: string): string[] {
  if (field.kind === 'group') {
    // As it would be sent: what is left out has no fields, even where some of them would be preset.
    const inside = isObject(value) ? value : {};
    const left = !field.required && (!isObject(value) || groupSetting(field, inside) === undefined);
    return left ? [] : missingFields(field.fields, inside, stored, path);
  }
  if (field.kind === 'union') {
    const inside = isObject(value) ? value : {};
    const variant = field.variants.find((one) => one.value === inside[field.by]);
    return missingFields(variant?.fields ?? [], inside, stored, path);
  }
  if (field.kind === 'list') {
    const items = Array.isArray(value) ? value : [];
    return items.flatMap((item: unknown, index) => missingIn(field.item, item, stored, `${path}.${index}`));
  }
  if (!field.required || field.preset !== undefined || field.kind === 'switch') return [];
  if (field.kind === 'secret' && stored.includes(path)) return [];
  const empty = value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
  return empty ? [path] : [];
}
