import { z } from 'zod';

/** Loose on purpose: whatever is wrong with the two, the answer is the same "does not fit". */
export const signInInput = z.object({
  email: z.string().trim().toLowerCase().min(1).max(254),
  password: z.string().min(1).max(200),
  /** Of those who have a second factor; asked for after the password was right. */
  code: z.string().trim().max(60).optional(),
});
export type SignInInput = z.infer<typeof signInInput>;

/** What stands behind `?error=` after a failed sign-in; texts in messages `signIn.errors.<code>`. */
export const SIGN_IN_ERRORS = ['CredentialsSignin', 'CodeNeeded', 'CodeWrong', 'RateLimited', 'Unavailable'] as const;
export type SignInError = (typeof SIGN_IN_ERRORS)[number];

/** Where to go after signing in: a path of this program, else the start page. Never another site. */
export function safeReturnPath(wanted: string | null | undefined): string {
  if (!wanted || !/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted)) return '/';
  return /^\/(sign-in|setup|set-password|sso|api)([/?#]|$)/.test(wanted) ? '/' : wanted;
}
