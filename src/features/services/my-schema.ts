import { z } from 'zod';

const id = z.uuid('This is no service id.');

export const myServiceInput = z.strictObject({ id, language: z.enum(['en', 'tr']).default('en') });
export type MyServiceInput = z.infer<typeof myServiceInput>;

export const revealPasswordInput = z.strictObject({
  id,
  /** One's own, that one signs in with: an open browser is not enough. */
  ownPassword: z.string().min(1, 'Enter the password you sign in with.').max(200),
  /** Staff have to say why. */
  reason: z.string().trim().max(500).optional(),
});
export type RevealPasswordInput = z.infer<typeof revealPasswordInput>;
