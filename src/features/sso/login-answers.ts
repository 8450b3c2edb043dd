import { appTexts } from '@/i18n/app-texts';
import { chooseLocale, LOCALE_COOKIE } from '@/i18n/locales';
import { cookieFrom } from '@/lib/auth-cookie';
import { isOwnOrigin } from '@/lib/own-origin';
import type { LoginTrouble } from './choices';

/** A reason and an id fit in ten times over. */
const MAX_FORM_BYTES = 8_192;

/** Nothing on the way may keep the link, and the panel does not learn where its visitor came from. */
const HEADERS = {
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-robots-tag': 'noindex, nofollow',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};

/** What a person reads who cannot be led anywhere; texts in messages `login.pages.<name>`. */
export type WordsPage = 'missing' | 'incomplete' | 'used' | 'expired' | 'unknown' | 'slow-down';

export function goTo(location: string): Response {
  return new Response(null, { status: 303, headers: { ...HEADERS, location } });
}

/** A page of its own, in the visitor's language: it stands in a new tab, with nothing of ours around it. */
export function inWords(request: Request, status: number, page: WordsPage | { trouble: LoginTrouble }): Response {
  const locale = chooseLocale(
    cookieFrom(request.headers.get('cookie'), LOCALE_COOKIE),
    request.headers.get('accept-language'),
  );
  const t = appTexts(locale);
  const [title, text] =
    typeof page === 'string'
      ? [t(`login.pages.${page}.title`), t(`login.pages.${page}.text`)]
      : [t('login.failed'), t(`login.trouble.${page.trouble}`)];
  return new Response(asHtml(locale, title, text), {
    status,
    headers: {
      ...HEADERS,
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy':
        "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
    },
  });
}

/** Browsers name the origin of every form they post; one that does not is none of ours. */
export function isOwnForm(request: Request): boolean {
  const origin = request.headers.get('origin');
  const site = request.headers.get('sec-fetch-site');
  return origin !== null && isOwnOrigin(request, origin) && (site === null || site === 'same-origin');
}

/** The fields of a small form; null for anything else. */
export async function readForm(request: Request): Promise<Record<string, string> | null> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  const length = request.headers.get('content-length');
  if (type !== 'application/x-www-form-urlencoded') return null;
  if (length === null || !(Number(length) <= MAX_FORM_BYTES)) return null;
  return Object.fromEntries(new URLSearchParams(await request.text()));
}

/** The name alone, never the message: a driver's or a panel's may quote what it was given. */
export const nameOf = (error: unknown) => (error instanceof Error ? error.name : typeof error);

const STYLE =
  'html{color-scheme:light dark}body{margin:0;min-height:100vh;display:grid;place-items:center;font:16px/1.5 system-ui,sans-serif;background:light-dark(#f6f7fb,#101218);color:light-dark(#1b2233,#e7eaf3)}main{max-width:26rem;padding:2rem}h1{font-size:1.35rem;line-height:1.3;margin:0 0 .75rem}p{margin:0;color:light-dark(#4b5468,#aab2c5)}';

function asHtml(locale: string, title: string, text: string): string {
  return `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${title}</title><style>${STYLE}</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>\n`;
}
