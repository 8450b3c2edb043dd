import { z } from 'zod';

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
