import { z } from 'zod';
import { thingName } from '../lists/schema';
import { emailAddress } from '../users/schema';

export const CUSTOMER_LANGUAGES = ['en', 'tr'] as const;

export const createCustomerInput = z.strictObject({
  name: thingName,
  email: emailAddress,
  language: z.enum(CUSTOMER_LANGUAGES).default('en'),
  /** The billing system's id of this customer. */
  externalRef: z.string().trim().min(1).max(100).optional(),
});
export type CreateCustomerInput = z.infer<typeof createCustomerInput>;
