/** A person, another program by its key, this program itself. */
export const AUDIT_ACTORS = ['user', 'key', 'system'] as const;

/** Kinds of things that entries are about, as a filter offers them. */
export const AUDIT_TARGETS = [
  'Service',
  'Operation',
  'Customer',
  'Server',
  'ServerGroup',
  'ServerModule',
  'Product',
  'EmailMessage',
  'User',
  'ApiKey',
  'Settings',
  'Audit',
] as const;
