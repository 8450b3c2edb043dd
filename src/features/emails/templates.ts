import { publicUrl } from '@/env';
import { type MailLanguage, type WelcomeData, welcomeData } from './schema';
import { mailTexts } from './texts';

/**
 * One entry per kind of mail. The layout (templates/<name>.tsx) is loaded only when a mail is rendered: the library
 * behind it takes half a second to load, which no order should wait for.
 */
export const MAIL_TEMPLATES = {
  welcome: {
    data: welcomeData,
    subject: (language: MailLanguage, data: WelcomeData) =>
      mailTexts(language, 'welcome')('subject', { service: oneLine(data.domain ?? data.product) }),
    load: async () => (await import('./templates/welcome')).renderWelcome,
  },
} as const;
export type MailTemplate = keyof typeof MAIL_TEMPLATES;

export function isMailTemplate(name: string): name is MailTemplate {
  return Object.hasOwn(MAIL_TEMPLATES, name);
}

/** Where customers land from a mail: the one place that knows the path of the client area. */
export function clientAreaLink(): string {
  return `${publicUrl()}/`;
}

/** A subject is a header: line breaks and other control characters in a name become spaces. */
function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 150);
}
