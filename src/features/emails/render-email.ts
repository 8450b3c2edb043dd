import type { MailSender } from './template-kind';
import { isMailTemplate, readMail } from './templates';
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
  /** What it is about; null = nothing in particular. */
  serviceId?: string | null;
  /** Opened only for this rendering; null where the product does not send it. */
  password: string | null;
  /** For one person, made for this sending; absent = where its kind leads. */
  personalLink?: string | null;
  /** The panel's address, without a slash at its end. */
  panelUrl: string;
  sender: MailSender;
}

/** Makes a kept mail readable. Throws when its template or its data are of a version we no longer know. */
export async function renderEmail(mail: RenderInput): Promise<RenderedMail> {
  const { template, subject, password, panelUrl, sender } = mail;
  if (!isMailTemplate(template)) {
    throw new Error(`The mail template "${template}" does not exist in this version, so this mail cannot be written.`);
  }
  const { kind, data } = readMail(template, mail.data);
  const language = mailLanguage(mail.language);
  const letter = await kind.render({
    language,
    data,
    password,
    link: mail.personalLink ?? panelUrl + kind.path(data, mail.serviceId ?? null),
    sender,
  });
  return { subject, ...letter };
}
