import { MAIL_LANGUAGES, type MailLanguage, TEMPLATE_NAMES, type TemplateName } from '../schema';

/** The template from the address; the first one is what the page opens with. */
export function readTemplate(text: string | undefined): TemplateName {
  return TEMPLATE_NAMES.find((name) => name === text) ?? TEMPLATE_NAMES[0];
}

export function readLanguage(text: string | undefined): MailLanguage {
  return MAIL_LANGUAGES.find((language) => language === text) ?? MAIL_LANGUAGES[0];
}
