import { z } from 'zod';
import { idInput, thingName } from '../lists/schema';
import { STAFF_ROLES } from './choices';

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

export const inviteUserInput = z.strictObject({ name: thingName, email: emailAddress, role: z.enum(STAFF_ROLES) });
export type InviteUserInput = z.infer<typeof inviteUserInput>;

/** Only what is given is changed. */
export const updateUserInput = z.strictObject({
  ...idInput.shape,
  name: thingName.optional(),
  role: z.enum(STAFF_ROLES).optional(),
});
export type UpdateUserInput = z.infer<typeof updateUserInput>;

export const setPasswordInput = z.strictObject({
  code: z.string().min(1, 'The link is not complete. Open it exactly as you were given it.').max(100),
  password: newPassword,
});
export type SetPasswordInput = z.infer<typeof setPasswordInput>;

/** A mailed one-time link, asked for by somebody who is signed out. */
export const requestLinkInput = z.strictObject({
  email: emailAddress,
  purpose: z.enum(['sign-in', 'password']),
  /** A path of this program to go on to. */
  returnTo: z
    .string()
    .max(300)
    .regex(/^\/(?![/\\])[^\\\p{Cc}]*$/u, 'Expected a path of this program.')
    .optional(),
  language: z.enum(['en', 'tr']).default('en'),
});
export type RequestLinkInput = z.infer<typeof requestLinkInput>;

export const changePasswordInput = z.strictObject({
  current: z.string().min(1, 'Enter your present password.').max(200),
  password: newPassword,
});
export type ChangePasswordInput = z.infer<typeof changePasswordInput>;

export const confirmPasswordInput = z.strictObject({ password: z.string().min(1, 'Enter your password.').max(200) });
export type ConfirmPasswordInput = z.infer<typeof confirmPasswordInput>;

/** Without an id: one's own. */
export const sessionsInput = z.strictObject({ userId: z.uuid('This is no user id.').optional() });
export type SessionsInput = z.infer<typeof sessionsInput>;
