import { z } from 'zod';
import { thingName } from '../lists/schema';

export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'An e-mail address has at most 254 characters.')
  .pipe(z.email('This is no e-mail address. Expected something like name@example.com.'));

/** Long rather than full of signs; no rule that makes people write it on a note. */
export const newPassword = z
  .string()
  .min(12, 'The password needs at least 12 characters.')
  .max(200, 'The password may have at most 200 characters.');

export const createFirstAdminInput = z.strictObject({
  code: z.string().trim().min(1, 'Enter the set-up code that the program printed when it started.').max(200),
  name: thingName,
  email: emailAddress,
  password: newPassword,
});
export type CreateFirstAdminInput = z.infer<typeof createFirstAdminInput>;

export const USER_ROLES = ['ADMIN', 'SUPPORT', 'CUSTOMER'] as const;

export const createUserInput = z.strictObject({
  name: thingName,
  email: emailAddress,
  password: newPassword,
  role: z.enum(USER_ROLES),
  /** For CUSTOMER: whose services this user sees. */
  customerId: z.uuid().optional(),
});
export type CreateUserInput = z.infer<typeof createUserInput>;
