import { createTranslator } from 'next-intl';
import en from './messages/en.json';
import tr from './messages/tr.json';
import { MAIL_LANGUAGES, type MailLanguage } from './schema';

type Messages = typeof en;
export type MailNamespace = keyof Messages;
/** Says one text of a namespace in the mail's language. */
export type Say<N extends MailNamespace> = (key: keyof Messages[N] & string, values?: Record<string, string>) => string;

const MESSAGES: Record<MailLanguage, Messages> = { en, tr };

/** A language we have texts for; anything else becomes English. */
export function mailLanguage(language: string): MailLanguage {
  return MAIL_LANGUAGES.find((known) => known === language.toLowerCase().split('-')[0]) ?? 'en';
}

export function mailTexts<N extends MailNamespace>(language: MailLanguage, namespace: N): Say<N> {
  const translate = createTranslator<Messages>({
    locale: language,
    messages: MESSAGES[language],
    // A mail with a key instead of a sentence must not go out.
    onError: (error) => {
      throw error;
    },
  });
  // The keys are checked by `Say`; the library cannot follow a namespace that is a type parameter.
  const anyKey = translate as unknown as (key: string, values?: Record<string, string>) => string;
  return (key, values) => anyKey(`${namespace}.${key}`, values);
}
