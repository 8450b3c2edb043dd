import { z } from 'zod';
import { ServerType } from '@/generated/prisma/enums';
import { byName, idInput, pageFields, thingName } from '../lists/schema';

const FROM_ZERO = 'Enter a whole number, 0 or more.';
const FROM_ONE = 'Enter a whole number, 1 or more.';

/** What a product lets the customer choose: a quantity, from a least to a most, in steps. */
export const productOption = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/i, 'Expected letters, digits, _ and -, beginning with a letter.'),
    label: z.string().trim().min(1, 'Enter what customers read.').max(80),
    unit: z.string().trim().max(20).default(''),
    min: z.number().int().min(0, FROM_ZERO),
    max: z.number().int().positive(FROM_ONE).max(1_000_000_000),
    step: z.number().int().positive(FROM_ONE).default(1),
    default: z.number().int().min(0, FROM_ZERO),
  })
  .refine((option) => option.min <= option.max, { path: ['max'], message: 'The most is less than the least.' })
  .refine(
    (option) =>
      option.default >= option.min && option.default <= option.max && (option.default - option.min) % option.step === 0,
    {
      path: ['default'],
      message: 'The default cannot be chosen: it is outside the limits or between two steps.',
    },
  );
export type ProductOption = z.infer<typeof productOption>;

export const productFilter = z.strictObject({
  ...pageFields,
  sort: byName,
  isActive: z.boolean().optional(),
  moduleSlug: z.string().max(100).optional(),
});
export type ProductFilter = z.infer<typeof productFilter>;

export const exportProductsInput = productFilter.omit({ cursor: true, limit: true, direction: true });
export type ExportProductsInput = z.infer<typeof exportProductsInput>;

const optionList = z
  .array(productOption)
  .max(30, 'A product has at most 30 options.')
  .refine((options) => new Set(options.map(({ id }) => id)).size === options.length, 'Two options have the same id.');

/** What staff decide about a product. Defaults belong to a new one: an update changes only what is given. */
const productFields = {
  name: thingName,
  description: z.string().trim().max(1000, 'The description may have at most 1,000 characters.'),
  /** null = every server of the module. */
  serverGroupId: z.uuid().nullable(),
  /** What the module needs to know; its own schema judges it. */
  moduleSettings: z.record(z.string().max(100), z.json()),
  configOptions: optionList,
  requiredTags: z.array(z.string().trim().min(1).max(40)).max(20),
  requiredType: z.enum(ServerType).nullable(),
  /** Days between a termination and the removal of the account; null = at once. */
  terminateAfterDays: z.number().int().min(0).max(365, 'At most 365 days.').nullable(),
  sendPassword: z.boolean(),
  isActive: z.boolean(),
  maxWaitHours: z.number().int().min(1, 'At least one hour.').max(720, 'At most 720 hours.'),
};

export const createProductInput = z.strictObject({
  moduleSlug: z.string().min(1, 'Choose a module.').max(100),
  name: productFields.name,
  description: productFields.description.default(''),
  serverGroupId: productFields.serverGroupId.default(null),
  moduleSettings: productFields.moduleSettings.default({}),
  configOptions: productFields.configOptions.default([]),
  requiredTags: productFields.requiredTags.default([]),
  requiredType: productFields.requiredType.default(null),
  terminateAfterDays: productFields.terminateAfterDays.default(null),
  sendPassword: productFields.sendPassword.default(false),
  isActive: productFields.isActive.default(true),
  maxWaitHours: productFields.maxWaitHours.default(72),
});
export type CreateProductInput = z.infer<typeof createProductInput>;

/** The module stays: services of the old one would be handed to code that does not know them. */
export const updateProductInput = z.strictObject({
  ...idInput.shape,
  ...z.strictObject(productFields).partial().shape,
});
export type UpdateProductInput = z.infer<typeof updateProductInput>;

/** Which panels to ask: those of the servers that a product of this module and group may be placed on. */
export const packagesInput = z.strictObject({
  moduleSlug: z.string().min(1).max(100),
  serverGroupId: z.uuid().nullable().default(null),
});
export type PackagesInput = z.infer<typeof packagesInput>;
