import { z } from 'zod';
import { ServiceStatus } from '@/generated/prisma/enums';
import { pageFields } from '../lists/schema';

export const serviceFilter = z.strictObject({
  ...pageFields,
  status: z.enum(ServiceStatus).optional(),
  customerId: z.uuid().optional(),
  productId: z.uuid().optional(),
  serverId: z.uuid().optional(),
  /** What uses most comes first, and services that were never measured are left out; without it the newest come first. */
  sort: z.enum(['disk', 'transfer']).optional(),
});
export type ServiceFilter = z.infer<typeof serviceFilter>;

export const exportServicesInput = serviceFilter.omit({ cursor: true, limit: true, direction: true });
export type ExportServicesInput = z.infer<typeof exportServicesInput>;

/** An order. What the product offers and what a domain may look like is judged by the verb. */
export const createServiceInput = z.strictObject({
  productId: z.uuid('This is no product id.'),
  customerId: z.uuid('This is no customer id.'),
  domain: z.string().trim().max(253, 'A domain has at most 253 characters.').optional(),
  configOptions: z
    .array(
      z.strictObject({
        optionId: z.string().min(1).max(40),
        quantity: z
          .number()
          .int('The quantity must be a whole number.')
          .min(0, 'The quantity cannot be negative.')
          .max(1_000_000_000),
      }),
    )
    .max(30)
    .optional(),
  /** Chosen by hand; without it the rule of the product's group chooses. */
  serverId: z.uuid('This is no server id.').optional(),
  /** Administrators only: puts the order over the limit of that server. */
  overrideReason: z.string().trim().min(1, 'Say why, in a few words.').max(500).optional(),
  /** Chosen once per order by the caller: a repeat with the same key returns the first answer, for 30 days. */
  idempotencyKey: z
    .string()
    .min(8, 'The key needs at least 8 characters.')
    .max(200)
    .regex(/^[\x21-\x7e]+$/, 'The key may hold letters, digits and signs of ASCII, without spaces.')
    .optional(),
});

const id = z.uuid('This is no service id.');
const reason = z.string().trim().min(1, 'Say why, in a few words.').max(500);

export const suspendInput = z.strictObject({ id, reason: reason.optional() });
export const serviceIdInput = z.strictObject({ id });
export const terminateInput = z.strictObject({ id, reason: reason.optional(), now: z.boolean().optional() });
export const changePasswordInput = z.strictObject({
  id,
  password: z
    .string()
    .min(10, 'A password needs at least 10 characters.')
    .max(128)
    .regex(/^[\x21-\x7e]+$/, 'A password may hold letters, digits and signs of ASCII, without spaces.')
    .optional(),
});
export const changePackageInput = z.strictObject({
  id,
  productId: z.uuid('This is no product id.').optional(),
  configOptions: createServiceInput.shape.configOptions,
});
export const actionInput = z.strictObject({ id, actionId: z.string().min(1).max(60), input: z.unknown().optional() });
export const offersInput = z.strictObject({ id, language: z.enum(['en', 'tr']).default('en') });
