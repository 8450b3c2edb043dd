import { z } from 'zod';
import { pageFields } from '../lists/schema';

export const OPERATION_TABS = ['attention', 'waiting', 'running', 'all'] as const;
export type OperationTab = (typeof OPERATION_TABS)[number];

export const operationFilter = z.strictObject({
  ...pageFields,
  tab: z.enum(OPERATION_TABS).default('all'),
  serverId: z.uuid().optional(),
});
export type OperationFilter = z.infer<typeof operationFilter>;

const id = z.uuid('This is no operation id.');

export const cancelInput = z.strictObject({ id, reason: z.string().trim().min(1).max(500).optional() });
export const retryAllInput = z.strictObject({ ids: z.array(id).min(1).max(100) });
export const resolveInput = z.strictObject({
  id,
  as: z.enum(['done', 'not-done']),
  reason: z.string().trim().min(3, 'Say why, in a few words: it is kept in the audit log.').max(500),
  override: z.boolean().optional(),
});
