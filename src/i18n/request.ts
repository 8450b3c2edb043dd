import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { ownLanguage } from '@/trpc/server';
import { chooseLocale, LOCALE_COOKIE } from './locales';

export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(LOCALE_COOKIE)?.value;
  const own = chosen === undefined ? await ownLanguage() : null;
  const locale = chooseLocale(chosen, (await headers()).get('accept-language'), own);
  const messages = locale === 'tr' ? await import('../messages/tr.json') : await import('../messages/en.json');
  return {
    locale,
    messages: messages.default,
    // Only for what the server writes first; exact times are shown in the viewer's own zone by the browser.
    timeZone: 'UTC',
    formats: {
      dateTime: { exact: { dateStyle: 'medium', timeStyle: 'medium' } },
    },
  };
});
