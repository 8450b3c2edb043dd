import { z } from 'zod';
import { pageFields } from '../lists/schema';
import { AUDIT_ACTORS } from './choices';

const day = z.iso.date('Expected a day such as 2026-11-24.');

const filters = {
  /** In the action, the name of who did it, the id of what it was done to, and the request's id. */
  search: pageFields.search,
  targetType: z.string().max(60).optional(),
  targetId: z.string().max(64).optional(),
  actorType: z.enum(AUDIT_ACTORS).optional(),
  /** First and last day, in UTC, both included. */
  from: day.optional(),
  to: day.optional(),
};

export const auditFilter = z.strictObject({ ...pageFields, ...filters });
export type AuditFilter = z.infer<typeof auditFilter>;

export const exportAuditInput = z.strictObject({ ...filters, format: z.enum(['csv', 'jsonl']).default('csv') });
export type ExportAuditInput = z.infer<typeof exportAuditInput>;

/** How the log can differ from how it was written. */
export const CHAIN_FAULTS = ['entry-changed', 'entry-missing', 'entry-added', 'link-missing', 'end-missing'] as const;
