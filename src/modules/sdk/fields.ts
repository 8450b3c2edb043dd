import { z } from 'zod';

/** What a form shows beside a field. Texts are English; a module's messages may translate them by the field's path. */
export interface FieldHints {
  title: string;
  description?: string;
  placeholder?: string;
  /** Offered while typing; other values are allowed. */
  suggestions?: readonly string[];
  unit?: string;
}

/** A secret text: sealed when stored, never shown again, removed from every log. */
export function secret(hints: FieldHints): z.ZodString {
  return z
    .string()
    .trim()
    .min(1)
    .max(4096)
    .meta({ ...hints, secret: true });
}

/** A line of text. */
export function line(hints: FieldHints, maxLength = 253): z.ZodString {
  return z
    .string()
    .trim()
    .min(1)
    .max(maxLength)
    .meta({ ...hints });
}

/** The http(s) address of an API, without a slash at its end. */
export function apiAddress(hints: FieldHints) {
  return z
    .url({ protocol: /^https?$/, error: 'Expected an address that begins with https:// or http://' })
    .refine((text) => !/[@#?\\]/.test(text), 'The address must not hold @, #, ? or a backslash')
    .transform((text) => text.replace(/\/+$/, ''))
    .meta({ ...hints });
}

interface SchemaNode {
  secret?: unknown;
  properties?: Record<string, SchemaNode>;
  anyOf?: SchemaNode[];
  oneOf?: SchemaNode[];
  allOf?: SchemaNode[];
  items?: SchemaNode;
}

function collect(node: SchemaNode, path: string[], found: Set<string>): void {
  if (node.secret === true) found.add(path.join('.'));
  for (const [key, child] of Object.entries(node.properties ?? {})) collect(child, [...path, key], found);
  for (const child of [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])])
    collect(child, path, found);
  if (node.items) collect(node.items, [...path, '*'], found);
}

const pathsOf = new WeakMap<z.ZodType, readonly string[]>();

/** Paths of the fields that a schema marks as secret: `apiKey`, `login.password`, `nodes.*.token`. Found once for each schema. */
export function secretPaths(schema: z.ZodType): readonly string[] {
  const paths = pathsOf.get(schema) ?? findSecretPaths(schema);
  pathsOf.set(schema, paths);
  return paths;
}

function findSecretPaths(schema: z.ZodType): string[] {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const found = new Set<string>();
  collect(json as SchemaNode, [], found); // only the keys named in SchemaNode are read
  return [...found];
}

function valuesAt(value: unknown, path: string[]): string[] {
  const [head, ...rest] = path;
  if (head === undefined) return typeof value === 'string' ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  const children: unknown[] = head === '*' ? Object.values(value) : [Reflect.get(value, head)];
  return children.flatMap((child) => valuesAt(child, rest));
}

/** The secrets inside a parsed settings object: what has to be removed from every text about this call. */
export function secretValues(schema: z.ZodType, settings: unknown): string[] {
  return secretPaths(schema).flatMap((path) => valuesAt(settings, path.split('.').filter(Boolean)));
}

/** The settings without their secrets, for lists and forms. Only plain objects of the first level are kept. */
export function openFields(schema: z.ZodType, settings: Record<string, unknown>): Record<string, unknown> {
  const closed = new Set(secretPaths(schema).map((path) => path.split('.')[0]));
  return Object.fromEntries(Object.entries(settings).filter(([key]) => !closed.has(key)));
}
