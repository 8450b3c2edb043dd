import { z } from 'zod';
import { pageFields } from '../lists/schema';

export const OPERATION_TABS = ['attention', 'waiting', 'running', 'all'] as const;
export type OperationTab = (typeof OPERATION_TABS)[number];

export const operationFilter = z.strictObject({ ...pageFields, tab: z.enum(OPERATION_TABS).default('all') });
export type OperationFilter = z.infer<typeof operationFilter>;
