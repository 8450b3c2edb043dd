import type en from '../messages/en.json';
import type { Locale } from './locales';

// English is the list of keys: a text that is asked for and not there is a type error.
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof en;
  }
}
