export const OPERATION_TAB_NAMES = ['attention', 'waiting', 'running', 'all'] as const;
export type OperationTabName = (typeof OPERATION_TAB_NAMES)[number];
