import { z } from 'zod';
import { pageFields } from '../lists/schema';

export const auditFilter = z.strictObject({
  ...pageFields,
  targetType: z.string().max(60).optional(),
  targetId: z.string().max(64).optional(),
});
export type AuditFilter = z.infer<typeof auditFilter>;
