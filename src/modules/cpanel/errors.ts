import { type ErrorKind, type FailureOutcome, ModuleError } from '@/modules/sdk/errors';

interface Meaning {
  kind: ErrorKind;
  outcome?: FailureOutcome;
  field?: string;
}

const PLAN = 'product.moduleSettings.plan';

/**
 * WHM's reasons and what they mean to us, most particular first. A reason that is not listed is a refusal of the order
 * as it stands.
 */
const REASONS: readonly [RegExp, Meaning][] = [
  // The plan of the product, before every other "does not exist".
  [/package does not exist|(no such|unknown|invalid) package/i, { kind: 'invalid-input', field: PLAN }],
  [/unknown app\b.*\brequested/i, { kind: 'policy', outcome: 'not-done' }],
  // An account of somebody else counts as "not there": it is none of ours.
  [/do(es)? not have (a user|access to an account) named/i, { kind: 'not-found' }],
  [/called for a user that does not exist/i, { kind: 'not-found' }],
  [/(account|user|owner|reseller)\b.{0,80}\bdoes not exist/i, { kind: 'not-found' }],
  [/unable to fetch the cpanel user file/i, { kind: 'not-found' }],
  [/invalid user\. cannot set quota/i, { kind: 'not-found' }],
  [/not a reseller|cannot determine username/i, { kind: 'not-found' }],
  // Names: the next candidate is tried.
  [/already has an account named/i, { kind: 'conflict', field: 'username' }],
  [/a group for that username already exists/i, { kind: 'conflict', field: 'username' }],
  [/same initial \d+ characters/i, { kind: 'conflict', field: 'username' }],
  [/is a reserved username|reserved user ?name/i, { kind: 'conflict', field: 'username' }],
  // Domains: no other name helps.
  [
    /domain .*already exists|already (owns|own) .*domain|domain .*is already (configured|owned|in use)/i,
    { kind: 'conflict', field: 'domain' },
  ],
  [/(dns )?(zone|entry)\b.*already exists/i, { kind: 'conflict', field: 'domain' }],
  [
    /valid (username|user name)|username .*(invalid|not valid|may not|cannot)/i,
    { kind: 'invalid-input', field: 'username' },
  ],
  [/password .*(too weak|strength)/i, { kind: 'invalid-input', field: 'password' }],
  [/(not a valid|invalid) domain/i, { kind: 'invalid-input', field: 'domain' }],
  // Part of the work may be done: the file that could not be written is one of many.
  [/no space left on device|disk (is )?full|quota exceeded/i, { kind: 'busy', outcome: 'unknown' }],
  [/got timeout|timed out|could not (obtain|acquire).*lock|try again later/i, { kind: 'busy', outcome: 'unknown' }],
  [
    /licen[cs]e.{0,60}(invalid|expired|not valid|suspended)|(invalid|expired).{0,20}licen[cs]e/i,
    { kind: 'policy', outcome: 'not-done' },
  ],
  [
    /(maximum|max(imum)? number|limit).{0,60}accounts|accounts?.{0,60}(limit|maximum)|no (free|available|more) ip/i,
    { kind: 'capacity' },
  ],
  [/permission|access denied|not authori[sz]ed|privilege/i, { kind: 'auth', outcome: 'not-done' }],
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

const DEFAULT_MEANING: Meaning = { kind: 'invalid-input' };

/** A well-formed "no" of WHM as the error it means. */
export function refusal(reason: string): ModuleError {
  const words = cleanReason(reason);
  const meaning = REASONS.find(([pattern]) => pattern.test(words))?.[1] ?? DEFAULT_MEANING;
  return new ModuleError({ ...meaning, words: words ? `WHM refused: ${words}` : 'WHM refused without saying why.' });
}

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
