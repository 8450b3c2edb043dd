import { z } from 'zod';
import { idInput } from '../lists/schema';

export const historyInput = idInput.extend({ days: z.union([z.literal(30), z.literal(90)]) });
export const serverUsageInput = idInput.extend({
  /** Staff looked at the panel: its list is right although it looks wrong. */
  trust: z.boolean().default(false),
});
