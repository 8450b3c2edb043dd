import { z } from 'zod';
import type { ModuleTexts } from './module-texts';

type Json = z.core.util.JSONType;
export type FormSchema = Record<string, Json>;

const jsonObject = z.record(z.string(), z.json());
const isObject = (value: unknown): value is FormSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * What a form is drawn from: the JSON schema of a module's settings, its texts replaced by those of the module's
 * messages, found by the field's path (`config.login.token.title`).
 */
export function formSchema(
  schema: z.ZodType | undefined,
  part: 'config' | 'settings',
  texts: ModuleTexts,
): FormSchema | null {
  if (!schema) return null;
  const written = z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' });
  // Through JSON: the object carries functions of zod's own.
  return withTexts(jsonObject.parse(JSON.parse(JSON.stringify(written))), part, texts);
}

function withTexts(node: FormSchema, path: string, texts: ModuleTexts): FormSchema {
  const changed: FormSchema = { ...node };
  for (const key of ['title', 'description', 'placeholder']) {
    const text = texts(`${path}.${key}`);
    if (text !== null) changed[key] = text;
  }
  const { properties, items } = node;
  if (isObject(properties)) {
    const fields = Object.entries(properties).map(([name, field]) => [
      name,
      isObject(field) ? withTexts(field, `${path}.${name}`, texts) : field,
    ]);
    changed.properties = Object.fromEntries(fields);
  }
  if (isObject(items)) changed.items = withTexts(items, `${path}.items`, texts);
  for (const key of ['anyOf', 'oneOf', 'allOf']) {
    const parts = node[key];
    if (Array.isArray(parts))
      changed[key] = parts.map((part) => (isObject(part) ? withVariantTexts(part, path, texts) : part));
  }
  return withLabels(changed, path, texts);
}

/** A variant is named by the value of its constant field: `config.login.labels.token`. */
function withVariantTexts(part: FormSchema, path: string, texts: ModuleTexts): FormSchema {
  const { title: _, ...fields } = withTexts(part, path, texts);
  const constant = constantOf(part);
  const label = constant === null ? null : texts(`${path}.labels.${constant}`);
  const own = label ?? (typeof part.title === 'string' ? part.title : null);
  return own === null ? fields : { ...fields, title: own };
}

/** A constant of a schema as a key: texts as they are, numbers and truth values as JSON writes them. */
function wordOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function constantOf(part: FormSchema): string | null {
  if (part.const !== undefined) return wordOf(part.const);
  const fields = isObject(part.properties) ? Object.values(part.properties) : [];
  const constant = fields.find((field) => isObject(field) && field.const !== undefined);
  return isObject(constant) ? wordOf(constant.const) : null;
}

function withLabels(node: FormSchema, path: string, texts: ModuleTexts): FormSchema {
  if (!Array.isArray(node.enum)) return node;
  const labels = node.enum.flatMap((value): [string, string][] => {
    const label = texts(`${path}.labels.${wordOf(value)}`);
    return label === null ? [] : [[wordOf(value), label]];
  });
  return labels.length ? { ...node, labels: Object.fromEntries(labels) } : node;
}
