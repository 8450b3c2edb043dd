import { z } from 'zod';
import { thingName } from '../lists/schema';

export const FILL_TYPES = ['fill', 'round-robin', 'pack', 'balanced'] as const;
export type FillType = (typeof FILL_TYPES)[number];

export const createGroupInput = z.strictObject({ name: thingName, fillType: z.enum(FILL_TYPES).default('fill') });
export type CreateGroupInput = z.infer<typeof createGroupInput>;
