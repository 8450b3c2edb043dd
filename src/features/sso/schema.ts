import { z } from 'zod';

/**
 * Why there is no login: codes that travel in an address, so they say nothing that is not for everybody. The page turns
 * them into words.
 */
export const LOGIN_TROUBLES = [
  'other-site',
  'too-many',
  'not-active',
  'maintenance',
  'not-offered',
  'reason',
  'foreign-host',
  'no-answer',
] as const;
export type LoginTrouble = (typeof LOGIN_TROUBLES)[number];

/** Query parameter of the page that tells the trouble. */
export const TROUBLE_PARAMETER = 'login';

/** What the form sends. The panel's user is never among it: it comes from the service's own row. */
export const loginForm = z.object({
  /** Why staff look into a customer's panel. */
  reason: z.string().trim().max(500).default(''),
  /** One of the module's own links (webmail); empty = the panel itself. */
  action: z.string().max(60).default(''),
});
export type LoginForm = z.infer<typeof loginForm>;

export const createCodeInput = z.strictObject({
  serviceId: z.uuid('This is no service id.'),
  /** Whom the caller believes to serve: a service of somebody else is refused as if it did not exist. */
  customerId: z.uuid('This is no customer id.').optional(),
  /** One of the module's own links (webmail); empty = the panel itself. */
  action: z.string().max(60).default(''),
});
export type CreateCodeInput = z.infer<typeof createCodeInput>;

/** What the page behind such an address sends. */
export const codeForm = z.object({ code: z.string().min(20).max(100) });
