import { z } from 'zod';
import { idInput, pageFields, thingName } from '../lists/schema';
import { emailAddress } from '../users/schema';

export const CUSTOMER_LANGUAGES = ['en', 'tr'] as const;

const customerFields = {
  name: thingName,
  email: emailAddress,
  language: z.enum(CUSTOMER_LANGUAGES),
  /** The billing system's id of this customer. */
  externalRef: z.string().trim().min(1).max(100),
};

export const createCustomerInput = z.strictObject({
  ...customerFields,
  language: customerFields.language.default('en'),
  externalRef: customerFields.externalRef.optional(),
});
export type CreateCustomerInput = z.infer<typeof createCustomerInput>;

/** Only what is given is changed. */
export const updateCustomerInput = z.strictObject({
  ...idInput.shape,
  name: customerFields.name.optional(),
  email: customerFields.email.optional(),
  language: customerFields.language.optional(),
  externalRef: customerFields.externalRef.nullable().optional(),
});
export type UpdateCustomerInput = z.infer<typeof updateCustomerInput>;

export const ownLanguageInput = z.strictObject({ language: customerFields.language });
export type OwnLanguageInput = z.infer<typeof ownLanguageInput>;

export const exportCustomersInput = z.strictObject({ search: pageFields.search });
export type ExportCustomersInput = z.infer<typeof exportCustomersInput>;
