export const FILL_TYPES = ['fill', 'round-robin', 'pack', 'balanced'] as const;
export type FillType = (typeof FILL_TYPES)[number];
