export const TEMPLATE_NAMES = [
  'welcome',
  'suspended',
  'resumed',
  'terminated',
  'sign-in-link',
  'password-link',
  'usage-warning',
  'invitation',
  'staff-notice',
] as const;
export type TemplateName = (typeof TEMPLATE_NAMES)[number];
