/** Why a server was not chosen; texts in messages `placement.why.<word>`. */
export const WHY_NOT = [
  'behind',
  'full',
  'full-for-product',
  'held',
  'disabled',
  'offline',
  'maintenance',
  'module-inactive',
  'missing-tag',
  'wrong-type',
  'just-left',
  'by-hand',
] as const;
export type WhyNot = (typeof WHY_NOT)[number];
