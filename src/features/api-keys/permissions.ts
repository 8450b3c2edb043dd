/**
 * What a key may be allowed, each by itself. A procedure that names none of them is closed to every key: staff, keys,
 * settings and stored passwords are for people.
 */
export const SCOPES = [
  'services:read',
  'services:create',
  'services:change',
  'services:terminate',
  'operations:read',
  'operations:change',
  'customers:read',
  'customers:write',
  'catalogue:read',
  'catalogue:write',
  'servers:read',
  'servers:write',
  'emails:read',
  'audit:read',
  'sso:create',
] as const;
export type Scope = (typeof SCOPES)[number];
