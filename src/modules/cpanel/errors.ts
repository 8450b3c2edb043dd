import { type ErrorKind, type FailureOutcome, ModuleError } from '@/modules/sdk/errors';

interface Meaning {
  kind: ErrorKind;
  outcome?: FailureOutcome;
  field?: string;
  /** What staff do about it, where the panel's own words do not say. */
  advice?: string;
}

const PLAN = 'product.moduleSettings.plan';

/** Which right is meant the panel's own words say. */
const LACKS_RIGHT: Meaning = {
  kind: 'auth',
  outcome: 'refused',
  advice: 'Give the login, and its token, this privilege in WHM, then retry.',
};
const USERNAME_TAKEN: Meaning = { kind: 'conflict', field: 'username' };
const DOMAIN_TAKEN: Meaning = { kind: 'conflict', field: 'domain' };
const NOT_THERE: Meaning = { kind: 'not-found' };
const UNLICENSED: Meaning = { kind: 'policy', advice: 'Renew the cPanel licence of this server.' };
/** It may have stopped in the middle of its work. */
const BROKE_OFF: Meaning = { kind: 'busy', outcome: 'unknown' };

/**
 * WHM's reasons and what they mean to us, most particular first. A reason that is not listed is a refusal of the order
 * as it stands.
 */
const REASONS: readonly [RegExp, Meaning][] = [
  // The plan of the product, before every other "does not exist" and every other right.
  [
    /\bpackage\b.{0,80}\b(does not exist|not found|not available|not valid|is invalid)|\b(no such|unknown|invalid|access to|permission to use|allowed to use).{0,20} package\b/i,
    { kind: 'invalid-input', field: PLAN, advice: 'Correct the package in the product, or make it in WHM.' },
  ],
  [
    /unknown app\b.*\brequested/i,
    { kind: 'policy', outcome: 'refused', advice: 'This WHM is too old for it, or another program answers here.' },
  ],
  // A name that is spoken of as taken, forbidden or ill-formed, before "does not exist" and "permission".
  [/already has an account named|same initial \d+ characters/i, USERNAME_TAKEN],
  [
    /a group for that username already exists|user ?name\b.{0,60}\b(already|in use|taken|reserved)|reserved user ?name/i,
    USERNAME_TAKEN,
  ],
  // An account of somebody else counts as "not there": it is none of ours.
  [/do(es)? not have (a user|access to an account) named|called for a user that does not exist/i, NOT_THERE],
  [/(account|user|owner|reseller)\b.{0,80}\b(does not|doesn.t) exist|no such user/i, NOT_THERE],
  [/unable to fetch the cpanel user file|invalid user\. cannot set quota/i, NOT_THERE],
  [/not a reseller|cannot determine username/i, NOT_THERE],
  // Suspended by root with a lock, or by whoever stands above this reseller.
  [
    /(locked|by root|only root|root user|root.enabled).{0,80}suspen|suspen.{0,80}(locked|by root|only root|root user|root.enabled)/i,
    { kind: 'unsupported', advice: 'Only root can lift this suspension: do it in WHM as root, then retry.' },
  ],
  [/\b(is|are) (currently )?suspended/i, { kind: 'unsupported', advice: 'Resume the service first.' }],
  // Domains: no other user name helps.
  [/\bdomain\b.{0,120}\balready\b|already (owns|own)\b.{0,80}\bdomain/i, DOMAIN_TAKEN],
  [/\b(zone|entry|record)s?\b.{0,120}already exists?|domain\b.{0,80}\b(owned|controlled|used) by/i, DOMAIN_TAKEN],
  [
    /(not a valid|invalid|reserved|common|prohibited|forbidden)\b.{0,40}\bdomain|domain\b.{0,60}\b(not valid|not allowed|invalid|reserved|prohibited|forbidden)/i,
    { kind: 'invalid-input', field: 'domain' },
  ],
  [
    /valid user ?name|user ?names?\b.{0,80}\b(invalid|not valid|not allowed|may not|must|can ?not|too long|longer)/i,
    { kind: 'invalid-input', field: 'username' },
  ],
  [/password\b.*(too weak|strength|too short|too simple)/i, { kind: 'invalid-input', field: 'password' }],
  // Part of the work may be done: the file that could not be written is one of many.
  [
    /no space left on device|disk (is )?full|disk quota exceeded|read-only file system/i,
    { ...BROKE_OFF, advice: 'The disk of this server is full or cannot be written: make room there.' },
  ],
  [
    /got timeout|timed? ?out|(obtain|acquire|get|create).{0,30}\block\b|failed to lock|try again later|temporarily unavailable/i,
    BROKE_OFF,
  ],
  [
    /licen[cs]e.{0,60}(invalid|expired|not valid|suspended|missing)|(invalid|expired|no valid).{0,20}licen[cs]e|not licen[cs]ed/i,
    UNLICENSED,
  ],
  // How much this login, or the licence, still allows.
  [
    /(maximum|max|limit|allotment)\b.{0,80}\b(accounts?|users?)\b|\b(accounts?|users?)\b.{0,60}\b(limit|maximum|allotment|quota)|more than \d+ (accounts?|users?)/i,
    { kind: 'capacity' },
  ],
  [
    /(exceed|not enough|insufficient|no more|ran out of|over)\w*\b.{0,60}\b(disk ?space|bandwidth|quota|resources?)\b|resource limits?\b/i,
    { kind: 'capacity' },
  ],
  [
    /\bno (free|available|more|unused|dedicated) ip|not enough (free )?ips?\b|ip address(es)?\b.{0,40}\b(not available|unavailable|exhausted)|ran out of ip/i,
    { kind: 'capacity', advice: 'Add a free IP address in WHM, or sell the product with a shared one.' },
  ],
  [/rate.?limit|too many requests/i, { kind: 'rate-limited' }],
  [
    /(token|access hash)\b.{0,60}\b(expired|invalid|not valid|revoked)|brute.?force|cphulk|locked out/i,
    { kind: 'auth' },
  ],
  [/permission|access denied|not (authori[sz]ed|allowed)|privilege|\bacls?\b/i, LACKS_RIGHT],
  [
    /(system|server) (failed|was unable|could not)|internal (server )?error|failed to (write|open|create|fork|rename)/i,
    BROKE_OFF,
  ],
];

const PREFIX = /^(?:API failure:\s*)?(?:\(XID \w+\)\s*)?/i;
const PLACE = / at \/\S+\.pm line \d+\.?\s*$/;
const TAGS = /<(script|style)\b[^>]*>[\s\S]*?<\/\1>|<[^>]*>/gi;

/** The panel's words without what changes from call to call, names files of its own, or is meant for a browser. */
export function cleanReason(text: string): string {
  return text
    .slice(0, 4096)
    .trim()
    .replace(PREFIX, '')
    .replace(PLACE, '')
    .replace(TAGS, ' ')
    .replace(/&quot;/g, '"')
    .replace(/&#0?39;/g, "'")
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ')
    .trim();
}

const REFUSED_AS_IT_IS: Meaning = { kind: 'invalid-input' };

/** A well-formed "no" of WHM as the error it means. */
export function refusal(reason: string): ModuleError {
  const words = cleanReason(reason);
  const known = REASONS.find(([pattern]) => pattern.test(words))?.[1];
  // An exception of WHM's own program says little of how far the work had come.
  const { advice, ...meaning } = known ?? (PLACE.test(reason) ? BROKE_OFF : REFUSED_AS_IT_IS);
  return new ModuleError({
    ...meaning,
    words: sentences(words ? `WHM refused: ${words}` : 'WHM refused without saying why.', advice),
  });
}

/** WHM does not take this login at all: its own envelope or status for that, whatever was asked for. */
export function loginRefused(reason: string): ModuleError {
  const said = cleanReason(reason);
  return new ModuleError({
    kind: 'auth',
    outcome: 'not-done',
    words: sentences(
      said ? `WHM refused the login: ${said}` : 'WHM refused the login.',
      'The token is wrong, expired, of another user, not for this address, or this address is locked out (cPHulk).',
    ),
  });
}

const sentences = (first: string, second: string | undefined) =>
  second === undefined ? first : `${first.replace(/[.!\s]*$/, '.')} ${second}`;

const PAGES: readonly [RegExp, Meaning, string][] = [
  [/licen[cs]e/i, { kind: 'policy' }, 'WHM shows its licence page: the licence of this server is invalid or expired.'],
  [
    /log ?in/i,
    { kind: 'auth' },
    'WHM shows its login page: the token is not taken, or this address is locked out (cPHulk).',
  ],
  [
    /webhost manager|\bwhm\b|\bcpanel\b|webmail/i,
    { kind: 'policy' },
    'A web page of the panel came instead of an answer. Check host name and port: the API is on 2087.',
  ],
];

/**
 * A web page instead of an answer. Of a page that is not the panel's own nothing may be believed; after a request that
 * may have changed something, of no page.
 */
export function pageInstead(text: string, changes: boolean): ModuleError | null {
  if (!/^\s*</.test(text.slice(0, 1024))) return null;
  const denied = /<cpanelresult>[\s\S]{0,2000}?<(?:error|reason)>([^<]*)</i.exec(text.slice(0, 16_384))?.[1];
  if (denied !== undefined) return loginRefused(denied);
  const title = /<title[^>]*>([^<]*)</i.exec(text.slice(0, 16_384))?.[1]?.trim() ?? '';
  const page = PAGES.find(([pattern]) => pattern.test(title));
  if (!page) return null;
  const lost = changes ? ' The work may or may not have been done.' : '';
  return new ModuleError({ ...page[1], outcome: changes ? 'unknown' : 'not-done', words: `${page[2]}${lost}` });
}

/** An answer that says yes and lacks the one thing it is for, or says neither yes nor no. */
export function incompleteAnswer(what: string): ModuleError {
  return new ModuleError({
    kind: 'busy',
    words: `WHM answered without ${what}. The work may or may not have been done.`,
  });
}
