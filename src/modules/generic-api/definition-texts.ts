import { z } from 'zod';
import type { FieldHints } from '@/modules/sdk/fields';

type Hints = FieldHints & { multiline?: boolean; labels?: Record<string, string> };

/** Named by people and used inside templates and expressions, so it has to be a word both languages can read. */
export const NAME = /^[a-z][a-zA-Z0-9_]{0,39}$/;
const HEADER = /^[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}$/;
/** What travels in a header or is set by the program itself; a definition that set it could break the call. */
const RESERVED_HEADERS = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'accept-encoding',
  'expect',
  'upgrade',
]);

/** A text in which `{{ ... }}` is replaced. What it becomes is encoded for the place it stands in. */
export const template = (hints: Hints, maxLength = 4000) =>
  z
    .string()
    .max(maxLength)
    .meta({ ...hints });

/** An expression in CEL. */
export const expression = (hints: Hints) =>
  z
    .string()
    .trim()
    .min(1)
    .max(2000)
    .meta({ ...hints });

export const words = (hints: Hints, maxLength = 200) =>
  z
    .string()
    .trim()
    .max(maxLength)
    .meta({ ...hints });

export const title = (hints: Hints) =>
  z
    .string()
    .trim()
    .min(1)
    .max(100)
    .meta({ ...hints });

export const name = (hints: Hints) =>
  z
    .string()
    .trim()
    .regex(NAME, 'Expected a name of letters, digits and _, beginning with a small letter, such as diskLimit')
    .refine((text) => !(text in Object.prototype), 'This name cannot be used')
    .meta({ ...hints });

export const headerName = (hints: Hints) =>
  z
    .string()
    .trim()
    .regex(HEADER, 'Expected the name of an HTTP header, such as X-API-Key')
    .refine((text) => !RESERVED_HEADERS.has(text.toLowerCase()), 'This header is set by the program itself')
    .meta({ ...hints });

/** Expressions of which all may be left out. */
export function expressions<const Names extends string>(hints: Record<Names, Hints>) {
  const entries = Object.entries<Hints>(hints).map(([key, hint]) => [key, expression(hint).optional()]);
  return Object.fromEntries(entries) as Record<Names, z.ZodOptional<z.ZodString>>; // one entry for each name
}
