import { z } from 'zod';
import { apiAddress, line, secret } from '@/modules/sdk/fields';
import type { Definition } from './definition';
import type { FieldDefinition } from './definition-fields';

export interface GenericConfig extends Record<string, unknown> {
  baseUrl: string;
}

export interface GenericSchemas {
  config: z.ZodType<GenericConfig>;
  settings: z.ZodType<Record<string, unknown>>;
}

/** Names that the login of each kind takes; a definition's own fields cannot be called so. */
export const LOGIN_FIELDS: Record<Definition['connection']['authentication']['by'], readonly string[]> = {
  none: [],
  bearer: ['token'],
  basic: ['username', 'password'],
  header: ['key'],
  query: ['key'],
};

function loginFields({ authentication }: Definition['connection']): Record<string, z.ZodType> {
  switch (authentication.by) {
    case 'none':
      return {};
    case 'bearer':
      return { token: secret({ title: 'Token' }) };
    case 'basic':
      return {
        username: line({ title: 'User name' }).regex(/^[^:\p{Cc}]+$/u, 'Expected a user name without a colon'),
        password: secret({ title: 'Password' }),
      };
    default:
      return { key: secret({ title: 'Key' }) };
  }
}

const LONGEST = 4096;

function baseSchema({ kind, choices, min, max }: FieldDefinition, hints: Record<string, unknown>): z.ZodType {
  switch (kind) {
    case 'secret':
      return z
        .string()
        .trim()
        .min(1)
        .max(LONGEST)
        .meta({ ...hints, secret: true });
    case 'number':
      return z
        .number()
        .min(min ?? -Number.MAX_SAFE_INTEGER)
        .max(max ?? Number.MAX_SAFE_INTEGER)
        .meta(hints);
    case 'switch':
      return z.boolean().meta(hints);
    case 'choice': {
      const labels = Object.fromEntries(choices.map(({ value, label }) => [value, label ?? value]));
      return z.enum(choices.map(({ value }) => value)).meta({ ...hints, labels });
    }
    default:
      return z
        .string()
        .trim()
        .min(1)
        .max(LONGEST)
        .meta({ ...hints, ...(kind === 'multiline' && { multiline: true }) });
  }
}

/** A preset is written as text; what it stands for depends on the kind of the field. */
export function presetOf({ kind, preset }: FieldDefinition): string | number | boolean | undefined {
  if (preset === undefined || preset === '') return kind === 'switch' ? false : undefined;
  if (kind === 'number') return Number(preset);
  return kind === 'switch' ? preset === 'true' : preset;
}

/** One field as a schema. One that may stay empty is empty text, so that a template can name it all the same. */
export function fieldSchema(field: FieldDefinition): z.ZodType {
  const { title, help, kind, required } = field;
  const base = baseSchema(field, { title, ...(help && { description: help }) });
  const preset = presetOf(field);
  if (preset !== undefined) return base.default(preset);
  if (required || kind === 'switch') return base;
  return base.optional().transform((value) => value ?? '');
}

const shapeOf = (fields: readonly FieldDefinition[]) =>
  Object.fromEntries(fields.map((field) => [field.name, fieldSchema(field)]));

/**
 * What staff fill in for a server and for a product. Fields that a definition does not know are left alone: a server
 * saved with a newer version still serves the operations that began with an older one.
 */
export function makeSchemas(definition: Definition): GenericSchemas {
  const baseUrl = apiAddress({
    title: 'Address',
    description: 'Where the API answers; the paths of the definition come after it.',
    placeholder: definition.connection.urlPlaceholder ?? 'https://panel.example.com/api',
  });
  return {
    config: z.object({ baseUrl, ...loginFields(definition.connection), ...shapeOf(definition.serverFields) }),
    settings: z.object(shapeOf(definition.productFields)),
  };
}
