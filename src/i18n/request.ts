import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import { chooseLocale, LOCALE_COOKIE } from './locales';

export default getRequestConfig(async () => {
  const locale = chooseLocale((await cookies()).get(LOCALE_COOKIE)?.value, (await headers()).get('accept-language'));
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
