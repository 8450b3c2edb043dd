import { z } from 'zod';
import { OperationKind, OperationState } from '@/generated/prisma/enums';
import { pageFields } from '../lists/schema';
import { REASON_CODES } from './reasons';

export const OPERATION_TABS = ['attention', 'waiting', 'running', 'all'] as const;
export type OperationTab = (typeof OPERATION_TABS)[number];

/** Which operations: each field narrows further. */
const which = {
  search: pageFields.search,
  tab: z.enum(OPERATION_TABS).default('all'),
  state: z.enum(OperationState).optional(),
  kind: z.enum(OperationKind).optional(),
  /** Why it waits, failed or needs a look. */
  reason: z.enum(REASON_CODES).optional(),
  /** Of services that live there, and of those that were tried there. */
  serverId: z.uuid('This is no server id.').optional(),
};
export const operationFilter = z.strictObject({ ...pageFields, ...which });
export type OperationFilter = z.infer<typeof operationFilter>;

export const matchingInput = z.strictObject(which);
export type MatchingOperations = z.infer<typeof matchingInput>;

/** `cursor`: what the last answer gave, to go on behind what it has worked through. */
export const retryAllInput = z.strictObject({ ...which, cursor: pageFields.cursor });
export type RetryAll = z.infer<typeof retryAllInput>;

const id = z.uuid('This is no operation id.');

export const cancelInput = z.strictObject({ id, reason: z.string().trim().min(1).max(500).optional() });
export const resolveInput = z.strictObject({
  id,
  as: z.enum(['done', 'not-done']),
  reason: z.string().trim().min(3, 'Say why, in a few words: it is kept in the audit log.').max(500),
  override: z.boolean().optional(),
});
