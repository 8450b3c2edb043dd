import { z } from 'zod';

/** What every list takes. Lists answer `{ items, nextCursor }`, newest first. */
export const pageFields = {
  cursor: z.string().max(400).optional(),
  limit: z.number().int().min(1).max(100).default(50),
  search: z.string().trim().max(100).optional(),
  /** tRPC's own paging sends it along; lists only go forward. */
  direction: z.literal('forward').optional(),
};

export const idInput = z.strictObject({
  id: z.uuid('This is no id. Ids look like 01890a5d-ac96-774b-bcce-b302099a8057.'),
});
export type IdInput = z.infer<typeof idInput>;

/** From A to Z; without it the newest come first. */
export const byName = z.literal('name').optional();

export const listInput = z.strictObject({ ...pageFields, sort: byName });
export type ListInput = z.infer<typeof listInput>;

/** A name that people give to a thing. */
export const thingName = z
  .string()
  .trim()
  .min(1, 'Enter a name.')
  .max(100, 'The name may have at most 100 characters.')
  .regex(/^[^\p{Cc}\p{Cf}]*$/u, 'The name holds a line break or another invisible character. Remove it.');
