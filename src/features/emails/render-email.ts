import { isMailTemplate, MAIL_TEMPLATES } from './templates';
import { mailLanguage } from './texts';

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

export interface RenderInput {
  template: string;
  language: string;
  subject: string;
  data: unknown;
  /** Opened only for this rendering; null where the product does not send it. */
  password: string | null;
  /** Where the button leads. */
  link: string;
}

/** Makes a kept mail readable. Throws when its template or its data are of a version we no longer know. */
export async function renderEmail(mail: RenderInput): Promise<RenderedMail> {
  const { template, subject, password, link } = mail;
  if (!isMailTemplate(template)) {
    throw new Error(`The mail template "${template}" does not exist in this version, so this mail cannot be written.`);
  }
  const kind = MAIL_TEMPLATES[template];
  const facts = kind.data.parse(mail.data);
  const render = await kind.load();
  const letter = await render({ language: mailLanguage(mail.language), data: facts, password, link });
  return { subject, ...letter };
}
