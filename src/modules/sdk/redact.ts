/** What a removed value is replaced with, everywhere. */
export const REMOVED = '[removed]';

/** Shorter values would tear ordinary words apart. */
const SHORTEST = 4;
/** Names are bounded, or a hostile answer could make the search quadratic. */
const SECRET_NAME =
  '(?:[\\w.-]{0,40}(?:passw|passphrase|secret|token|api[_-]?key|apikey|access[_-]?(?:hash|key)|login[_-]?key|private[_-]?key|authorization|credential|cookie|session)[\\w.-]{0,40}|pass|pwd|key|auth)';
const JSON_STRING = '"(?:[^"\\\\]|\\\\.)*"?';
const IN_JSON = new RegExp(`("${SECRET_NAME}"\\s*:\\s*)(?:${JSON_STRING}|[^\\s,}\\]]+)`, 'gi');
const IN_FORM = new RegExp(`((?:^|[?&\\s;])${SECRET_NAME}=)[^&\\s;]*`, 'gi');
const IN_HEADER = /\b((?:proxy-)?authorization|x-api-key|set-cookie|cookie)(\s*[:=]\s*)[^\r\n]+/gi;
const IN_XML = new RegExp(`(<(${SECRET_NAME})>)[^<]*`, 'gi');
const BEARER = /\b(Bearer|Basic|whm)\s+[\w.~+/=:!@-]{16,}/g;

/** Base64 of a value inside a longer text begins at one of three offsets; the edges depend on the neighbours. */
function base64Cores(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  return [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const start = offset === 0 ? 0 : offset + 1;
    const spare = (bytes.length + offset) % 3 === 0 ? 0 : 1;
    return text.slice(start, text.length - spare);
  });
}

/** Every spelling under which a secret may turn up in a text. */
export function spellings(value: string): string[] {
  const json = JSON.stringify(value).slice(1, -1);
  const url = encodeURIComponent(value);
  const hex = Buffer.from(value, 'utf8').toString('hex');
  const html = value.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
  const cores = base64Cores(value).filter((core) => core.length >= 6);
  const base64url = cores.map((core) => core.replaceAll('+', '-').replaceAll('/', '_'));
  const form = new URLSearchParams({ v: value }).toString().slice(2);
  const all = [
    value,
    json,
    JSON.stringify(json).slice(1, -1),
    url,
    form,
    hex,
    hex.toUpperCase(),
    html,
    ...cores,
    ...base64url,
  ];
  return [...new Set(all)].filter((text) => text.length >= SHORTEST);
}

export type Redactor = (text: string) => string;

/**
 * Removes the given values in every spelling, and whatever stands under a name that holds secrets (JSON, forms, XML,
 * headers). Used on all words, texts and records that outlive a call.
 */
export function createRedactor(secrets: readonly string[]): Redactor {
  const values = secrets.filter((secret) => secret.length >= SHORTEST).flatMap(spellings);
  // Longest first, so that no part of a longer spelling is left behind.
  values.sort((a, b) => b.length - a.length);
  return (text) => {
    let clean = text;
    for (const value of values) clean = clean.replaceAll(value, REMOVED);
    return clean
      .replace(IN_JSON, `$1"${REMOVED}"`)
      .replace(IN_XML, `$1${REMOVED}`)
      .replace(IN_HEADER, `$1$2${REMOVED}`)
      .replace(IN_FORM, `$1${REMOVED}`)
      .replace(BEARER, `$1 ${REMOVED}`);
  };
}

/** At most `limit` bytes of UTF-8, never half a character. */
export function shorten(text: string, limit: number): string {
  const bytes = Buffer.from(text, 'utf8');
  if (bytes.length <= limit) return text;
  const cut = bytes
    .subarray(0, limit - 3)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
  return `${cut}…`;
}
