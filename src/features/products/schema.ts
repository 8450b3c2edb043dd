import { z } from 'zod';
import { ServerType } from '@/generated/prisma/enums';
import { pageFields, thingName } from '../lists/schema';

/** What a product lets the customer choose: a quantity, from a least to a most, in steps. */
export const productOption = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/i, 'Expected letters, digits, _ and -, beginning with a letter.'),
    label: z.string().trim().min(1).max(80),
    unit: z.string().trim().max(20).default(''),
    min: z.number().int().min(0),
    max: z.number().int().positive().max(1_000_000_000),
    step: z.number().int().positive().default(1),
    default: z.number().int().min(0),
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

export const productFilter = z.strictObject({ ...pageFields, isActive: z.boolean().optional() });
export type ProductFilter = z.infer<typeof productFilter>;

export const createProductInput = z.strictObject({
  name: thingName,
  description: z.string().trim().max(1000).default(''),
  moduleSlug: z.string().min(1).max(100),
  /** null = every server of the module. */
  serverGroupId: z.uuid().nullable().default(null),
  /** What the module needs to know; its own schema judges it. */
  moduleSettings: z.record(z.string().max(100), z.json()).default({}),
  configOptions: z
    .array(productOption)
    .max(30)
    .refine((options) => new Set(options.map(({ id }) => id)).size === options.length, 'Two options have the same id.')
    .default([]),
  requiredTags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  requiredType: z.enum(ServerType).nullable().default(null),
  sendPassword: z.boolean().default(false),
  isActive: z.boolean().default(true),
  maxWaitHours: z.number().int().min(1).max(720).default(72),
});
export type CreateProductInput = z.infer<typeof createProductInput>;
