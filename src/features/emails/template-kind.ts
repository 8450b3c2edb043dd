import type { z } from 'zod';
import type { MailLanguage } from './schema';

export interface RenderedLetter {
  html: string;
  text: string;
}

/** Who writes: stands under each mail. */
export interface MailSender {
  company: string;
  supportEmail: string | null;
  supportUrl: string | null;
}

export interface LetterInput<Data> {
  language: MailLanguage;
  data: Data;
  /** Opened only for this rendering; null where the product does not send it. */
  password: string | null;
  /** Where the button leads. */
  link: string;
  sender: MailSender;
}

/** One kind of mail: what it needs, its subject, where its button leads, its two parts. */
export interface MailKind<Data> {
  /** Strict by shape: a field that is not part of the mail, a password above all, is not stored with it. */
  data: z.ZodType<Data>;
  subject(language: MailLanguage, data: Data): string;
  /** Within the panel, beginning with a slash; `serviceId` is what the mail is about. */
  path(data: Data, serviceId: string | null): string;
  render(input: LetterInput<Data>): Promise<RenderedLetter>;
  /** Believable data for the preview of the template. */
  sample: Data;
}

/** What the mail says with which an administrator tries the mail server. */
export interface TestMailInput {
  language: MailLanguage;
  sentBy: string;
  host: string;
  link: string;
  sender: MailSender;
}

/** A subject is a header: line breaks and other control characters in a name become spaces. */
export function oneLine(text: string): string {
  return text
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim()
    .slice(0, 150);
}
