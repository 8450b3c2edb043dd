import { z } from 'zod';
import { thingName } from '../lists/schema';
import { FILL_TYPES } from './choices';

export const createGroupInput = z.strictObject({ name: thingName, fillType: z.enum(FILL_TYPES).default('fill') });
export type CreateGroupInput = z.infer<typeof createGroupInput>;

const id = z.uuid('This is no group id.');
export const updateGroupInput = z.strictObject({
  id,
  name: thingName.optional(),
  fillType: z.enum(FILL_TYPES).optional(),
});
export type UpdateGroupInput = z.infer<typeof updateGroupInput>;

export const orderServersInput = z.strictObject({
  id,
  /** Every server of the group, first one first. */
  serverIds: z.array(z.uuid('This is no server id.')).min(1).max(10_000),
});
export type OrderServersInput = z.infer<typeof orderServersInput>;
