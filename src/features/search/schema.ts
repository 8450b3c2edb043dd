import { z } from 'zod';

export const findInput = z.strictObject({
  /** A name, domain, user name, address, reference, or an id or its last eight signs. */
  text: z.string().trim().min(1, 'Enter what to look for.').max(100, 'Enter at most 100 characters.'),
});
export type FindInput = z.infer<typeof findInput>;
