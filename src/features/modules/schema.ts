import { z } from 'zod';
import { definitionSchema, OPERATION_NAMES } from '@/modules/generic-api/definition';
import { idInput, pageFields } from '../lists/schema';

/** The reader's language; texts that a module does not have in it come in English. */
const language = z
  .string()
  .regex(/^[a-z]{2}$/, 'Expected a language such as en or tr.')
  .default('en');

export const languageInput = z.strictObject({ language });
export type LanguageInput = z.infer<typeof languageInput>;

export const moduleFilter = z.strictObject({ ...pageFields, language });
export type ModuleFilter = z.infer<typeof moduleFilter>;

export const moduleInput = idInput.extend({ language });
export type ModuleInput = z.infer<typeof moduleInput>;

const emptyIsNull = (text: string | null) => text || null;

export const updateModuleInput = idInput.extend({
  /** null or empty = the module's own name. */
  displayName: z
    .string()
    .trim()
    .max(100, 'The name may have at most 100 characters.')
    .nullable()
    .transform(emptyIsNull),
  note: z.string().trim().max(2000, 'The note may have at most 2,000 characters.').nullable().transform(emptyIsNull),
  /** Switched off: no new servers, no new placements; existing services go on. */
  isActive: z.boolean(),
});
export type UpdateModuleInput = z.infer<typeof updateModuleInput>;

/** A definition as it was exported, or as the editor made it. */
export const createDefinitionInput = z.strictObject({ definition: definitionSchema });
export type CreateDefinitionInput = z.infer<typeof createDefinitionInput>;

export const updateDefinitionInput = idInput.extend({
  definition: definitionSchema,
  /** The version that was edited: somebody else's newer one is not written over. */
  version: z.int().min(1),
  note: z.string().trim().max(500, 'The note may have at most 500 characters.').optional(),
});
export type UpdateDefinitionInput = z.infer<typeof updateDefinitionInput>;

export const checkDefinitionInput = createDefinitionInput;

/** Without a version: the newest. */
export const definitionInput = idInput.extend({ version: z.int().min(1).optional() });
export type DefinitionInput = z.infer<typeof definitionInput>;

export const previewDefinitionInput = createDefinitionInput.extend({ operation: z.enum(OPERATION_NAMES) });
export type PreviewDefinitionInput = z.infer<typeof previewDefinitionInput>;

/** Only reads on the panel, but for `account`: that one makes an account of its own and removes it again. */
export const TRIES = ['testConnection', 'getServerInfo', 'listAccounts', 'getServerUsage', 'account'] as const;

export const tryDefinitionInput = createDefinitionInput.extend({
  /** A server of this very module: its address and secrets are used. */
  serverId: z.uuid('Choose a server.'),
  what: z.enum(TRIES),
  /** The product whose settings the throwaway account gets. */
  productId: z.uuid().optional(),
});
export type TryDefinitionInput = z.infer<typeof tryDefinitionInput>;
