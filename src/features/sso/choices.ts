/**
 * Why there is no login: codes that travel in an address, so they say nothing that is not for everybody. The page turns
 * them into words.
 */
export const LOGIN_TROUBLES = [
  'other-site',
  'too-many',
  'not-active',
  'maintenance',
  'not-offered',
  'reason',
  'foreign-host',
  'no-answer',
] as const;
export type LoginTrouble = (typeof LOGIN_TROUBLES)[number];

/** Query parameter of the page that tells the trouble. */
export const TROUBLE_PARAMETER = 'login';
