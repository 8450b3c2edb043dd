/** Languages of the panel. The first one is used when a visitor's browser asks for none of them. */
export const LOCALES = ['en', 'tr'] as const;
export type Locale = (typeof LOCALES)[number];

export const LOCALE_COOKIE = 'hyble-locale';

export function isLocale(value: string | undefined): value is Locale {
  return LOCALES.some((locale) => locale === value);
}

/** What was chosen in this browser wins, then a customer's own language, then the first of the browser that we speak. */
export function chooseLocale(
  cookie: string | undefined,
  acceptLanguage: string | null,
  own: Locale | null = null,
): Locale {
  if (isLocale(cookie)) return cookie;
  if (own) return own;
  for (const part of (acceptLanguage ?? '').split(',')) {
    const language = part.split(';')[0]?.trim().slice(0, 2).toLowerCase();
    if (isLocale(language)) return language;
  }
  return LOCALES[0];
}
