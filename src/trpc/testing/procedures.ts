import { z } from 'zod';
import type { ProcedureMeta } from '../init';
import { appRouter } from '../root';

interface Declared {
  _def: { type: 'query' | 'mutation'; meta?: ProcedureMeta; inputs: z.ZodType[] };
}
// Flat at run time, `noun.verb` -> procedure, which its type does not say.
const declared = appRouter._def.procedures as unknown as Record<string, Declared>;
/** Every procedure there is, with what it says of itself and its input. */
export const procedures = Object.entries(declared).map(([path, { _def }]) => ({
  path,
  type: _def.type,
  meta: _def.meta ?? {},
  input: _def.inputs[0],
}));
export type Procedure = (typeof procedures)[number];

export interface JsonSchema {
  type?: string;
  properties?: Record<string, JsonSchema>;
  required?: string[];
  enum?: unknown[];
  const?: unknown;
  format?: string;
  minLength?: number;
  minimum?: number;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  default?: unknown;
}

export const schemaOf = (input: z.ZodType | undefined): JsonSchema =>
  // The target's type is wider than what an object schema gives.
  input ? (z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' }) as JsonSchema) : {};

/** The least that fits a schema; ids are filled in by the caller. */
export function sample(schema: JsonSchema): unknown {
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const [first] = schema.anyOf ?? schema.oneOf ?? [];
  if (first) return sample(first);
  switch (schema.type) {
    case 'object': {
      const required = (schema.required ?? []).map((name) => [name, sample(schema.properties?.[name] ?? {})]);
      return Object.fromEntries(required);
    }
    case 'array':
      return [];
    case 'number':
    case 'integer':
      return schema.minimum ?? 1;
    case 'boolean':
      return true;
    case 'string':
      return schema.format === 'email' ? 'a@example.com' : 'a reason of some length'.padEnd(schema.minLength ?? 0, 'x');
    default:
      return {};
  }
}
