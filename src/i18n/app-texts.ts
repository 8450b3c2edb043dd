import { createTranslator } from 'next-intl';
import en from '../messages/en.json';
import tr from '../messages/tr.json';
import type { Locale } from './locales';

/** The panel's texts outside a page, in a language chosen by the caller: mails to staff share their words with the panel. */
export function appTexts(locale: Locale) {
  return createTranslator<typeof en>({ locale, messages: locale === 'tr' ? tr : en });
}
