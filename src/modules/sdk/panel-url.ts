import { ModuleError } from './errors';

const CONTROL_OR_SPACE = /[\p{Cc}\s\\]/u;

function refuse(words: string): never {
  throw new ModuleError({ kind: 'policy', words });
}

/**
 * An address that staff or a module wrote, read once and strictly: http(s) only, no user info, no fragment, none of the
 * characters on which parsers disagree.
 */
export function parsePanelUrl(text: string): URL {
  if (CONTROL_OR_SPACE.test(text)) refuse('The address holds a space, backslash or control character. Remove it.');
  if (!/^https?:\/\/[^/]/i.test(text))
    refuse('The address must begin with https:// (or http:// on a private network).');
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    refuse('The address cannot be read. Expected something like https://panel.example.com:8443/api.');
  }
  if (url.username || url.password || text.includes('@')) {
    refuse('The address holds a user name or @. Put the login into its own fields.');
  }
  if (url.hash) refuse('The address holds a #, which no server ever sees. Remove it.');
  if (!url.hostname || url.port === '0') refuse('The address has no usable host or port.');
  return url;
}

/** The port that is dialled, also where the address leaves it out. */
export function portOf(url: URL): number {
  return url.port ? Number(url.port) : url.protocol === 'https:' ? 443 : 80;
}

/** The host as a socket wants it: IPv6 without brackets. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

/** One value as one path segment: `a/b` stays one segment, `..` is refused. */
export function segment(value: string | number): string {
  const text = String(value);
  if (text === '' || text === '.' || text === '..') {
    throw new ModuleError({
      kind: 'invalid-input',
      outcome: 'not-done',
      words: `"${text}" cannot stand in an address. The stored identifier of this account is not usable.`,
    });
  }
  return encodeURIComponent(text);
}

export type Query = Record<string, string | number | boolean | undefined>;

/** `path` below `base`, with a query. A path never leaves the base: no `..`, no second host. */
export function buildUrl(base: URL, path: string, query: Query = {}): URL {
  if (CONTROL_OR_SPACE.test(path) || /[?#]/.test(path) || /(^|\/)(\.|%2e){1,2}(\/|$)/i.test(path)) {
    refuse('The path of the call holds characters that could lead elsewhere.');
  }
  const url = new URL(base);
  url.pathname = `${base.pathname.replace(/\/+$/, '')}/${path.replace(/^\/+/, '')}`;
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) url.searchParams.set(key, String(value));
  }
  return url;
}
