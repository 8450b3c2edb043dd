import { LOCALES, type Locale } from '@/i18n/locales';
import { TEMPLATE_NAMES, type TemplateName } from '../choices';

/** The template from the address; the first one is what the page opens with. */
export function readTemplate(text: string | undefined): TemplateName {
  return TEMPLATE_NAMES.find((name) => name === text) ?? TEMPLATE_NAMES[0];
}

export function readLanguage(text: string | undefined): Locale {
  return LOCALES.find((language) => language === text) ?? LOCALES[0];
}
