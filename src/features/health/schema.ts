import { z } from 'zod';
import { idInput } from '../lists/schema';

export const checksInput = idInput.extend({
  hours: z.union([z.literal(24), z.literal(168), z.literal(720)]).default(24),
});
