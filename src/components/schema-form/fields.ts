/** A JSON schema node as zod writes it (draft 7), with the hints that `.meta({...})` passes through. */
export interface SchemaNode {
  type?: string | string[];
  title?: string;
  description?: string;
  placeholder?: string;
  suggestions?: string[];
  unit?: string;
  secret?: boolean;
  multiline?: boolean;
  /** Name of a list that the page asks of the panel, for example `packages`. */
  choices?: string;
  format?: string;
  default?: unknown;
  const?: unknown;
  enum?: unknown[];
  /** Labels of an enum's or union's values, by value. */
  labels?: Record<string, string>;
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
  maxItems?: number;
  required?: string[];
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  allOf?: SchemaNode[];
}

interface FieldBase {
  /** The last part of its path. */
  name: string;
  title: string;
  description?: string;
  placeholder?: string;
  unit?: string;
  required: boolean;
  preset?: unknown;
}

export interface Choice {
  value: string;
  label: string;
  /** A second line, where there is room for one. */
  description?: string | undefined;
}

/** A list that the panel itself is asked for while the form is open. */
export interface LiveChoices {
  state: 'loading' | 'ready' | 'failed';
  items: Choice[];
  /** Under the field: where the list comes from, or why there is none. */
  note?: string | undefined;
  /** Asks once more. */
  refresh?: (() => void) | undefined;
}

/** One alternative of a union: `value` is what the union's own field then holds. */
export interface Variant extends Choice {
  fields: Field[];
}

export type Field = FieldBase &
  (
    | { kind: 'text'; format?: string; maxLength?: number; multiline: boolean; suggestions: string[]; choices?: string }
    | { kind: 'secret' }
    | { kind: 'number'; min?: number; max?: number; whole: boolean }
    | { kind: 'switch' }
    | { kind: 'choice'; values: Choice[] }
    | { kind: 'group'; fields: Field[] }
    | { kind: 'union'; by: string; variants: Variant[] }
    | { kind: 'list'; item: Field; max?: number }
    | { kind: 'json' }
  );
export type FieldOf<Kind extends Field['kind']> = Extract<Field, { kind: Kind }>;

/** The fields of an object schema, in its own order. What cannot be drawn becomes a field for raw JSON. */
export function readFields(schema: SchemaNode): Field[] {
  const whole = mergeParts(schema);
  return Object.entries(whole.properties ?? {}).map(([name, node]) =>
    readField(name, node, whole.required?.includes(name) ?? false),
  );
}

/** `z.intersection` writes its halves into `allOf`; together they are one object. */
function mergeParts(node: SchemaNode): SchemaNode {
  const parts = (node.allOf ?? []).map(mergeParts);
  if (parts.length === 0) return node;
  const whole = [node, ...parts];
  return {
    ...node,
    properties: Object.assign({}, ...whole.map(({ properties }) => properties)),
    required: whole.flatMap(({ required }) => required ?? []),
  };
}

function readField(name: string, written: SchemaNode, required: boolean): Field {
  const { node, nullable } = withoutNull(written);
  const base: FieldBase = {
    name,
    title: node.title ?? sayName(name),
    ...(node.description && { description: node.description }),
    ...(node.placeholder && { placeholder: node.placeholder }),
    ...(node.unit && { unit: node.unit }),
    ...(node.default !== undefined && { preset: node.default }),
    required: required && !nullable,
  };
  return readKind(base, node);
}

function readKind(base: FieldBase, node: SchemaNode): Field {
  if (node.secret) return { ...base, kind: 'secret' };
  const values = readChoices(node);
  if (values) return { ...base, kind: 'choice', values };
  const union = readUnion(node);
  if (union) return { ...base, kind: 'union', ...union };
  const fields = readFields(node);
  // A reference to another schema, as any JSON is, has no fields of its own: it is written as JSON below.
  if (node.properties || fields.length > 0) return { ...base, kind: 'group', fields };
  if (node.items) {
    const item = readField('', { ...node.items, title: node.items.title ?? base.title }, true);
    return { ...base, kind: 'list', item, ...(node.maxItems !== undefined && { max: node.maxItems }) };
  }
  if (node.type === 'boolean') return { ...base, kind: 'switch' };
  if (node.type === 'integer' || node.type === 'number') return { ...base, kind: 'number', ...readBounds(node) };
  return node.type === 'string' ? { ...base, kind: 'text', ...readText(node) } : { ...base, kind: 'json' };
}

/** `nullable` and `string | null` mean: may stay empty. */
function withoutNull(node: SchemaNode): { node: SchemaNode; nullable: boolean } {
  if (Array.isArray(node.type)) {
    const types = node.type.filter((type) => type !== 'null');
    return { node: { ...node, ...(types[0] && { type: types[0] }) }, nullable: types.length < node.type.length };
  }
  const [only, ...others] = (node.anyOf ?? []).filter(({ type }) => type !== 'null');
  if (!only || others.length > 0) return { node, nullable: false };
  const { anyOf, ...hints } = node;
  return { node: { ...only, ...hints }, nullable: (anyOf?.length ?? 0) > 1 };
}

function readChoices(node: SchemaNode): Choice[] | null {
  const labelled = (values: unknown[]) =>
    values.map((value) => ({ value: String(value), label: node.labels?.[String(value)] ?? sayName(String(value)) }));
  if (node.type !== undefined && node.type !== 'string') return null;
  if (node.enum) return labelled(node.enum);
  if (node.const !== undefined) return labelled([node.const]);
  const parts = node.anyOf ?? node.oneOf;
  if (!parts?.length || !parts.every((part) => typeof part.const === 'string')) return null;
  return parts.map(({ const: value, title }) => ({ value: String(value), label: title ?? sayName(String(value)) }));
}

/** Objects that one constant field tells apart; anything looser cannot be drawn as a choice. */
function readUnion(node: SchemaNode): { by: string; variants: Variant[] } | null {
  const parts = (node.oneOf ?? node.anyOf)?.map(mergeParts);
  const by = Object.entries(parts?.[0]?.properties ?? {}).find(([, { const: value }]) => value !== undefined)?.[0];
  if (!parts || by === undefined) return null;
  const variants = parts.flatMap((part): Variant[] => {
    const own = part.properties?.[by];
    if (own?.const === undefined) return [];
    const value = typeof own.const === 'string' ? own.const : JSON.stringify(own.const);
    const label = part.title ?? own.title ?? node.labels?.[value] ?? sayName(value);
    return [{ value, label, fields: readFields(part).filter(({ name }) => name !== by) }];
  });
  return variants.length === parts.length ? { by, variants } : null;
}

function readBounds({ type, minimum, maximum }: SchemaNode): { min?: number; max?: number; whole: boolean } {
  // zod writes the whole range of safe integers where nobody set a bound.
  const meant = (bound: number | undefined) => bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER;
  return {
    ...(meant(minimum) && { min: minimum }), // `meant` said that it is there
    ...(meant(maximum) && { max: maximum }),
    whole: type === 'integer',
  };
}

function readText({ format, maxLength, multiline = false, suggestions = [], choices }: SchemaNode) {
  return {
    multiline,
    suggestions,
    ...(format && { format }),
    ...(maxLength !== undefined && { maxLength }),
    ...(choices && { choices }),
  };
}

/** A field without a title of its own: `apiUrl` becomes "Api url". */
function sayName(name: string): string {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
