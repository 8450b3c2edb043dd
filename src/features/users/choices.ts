export const STAFF_ROLES = ['ADMIN', 'SUPPORT'] as const;
