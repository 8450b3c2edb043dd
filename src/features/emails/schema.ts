import { z } from 'zod';
import { pageFields } from '../lists/schema';
import { TEMPLATE_NAMES, type TemplateName } from './choices';

export const MAIL_LANGUAGES = ['en', 'tr'] as const;
export type MailLanguage = (typeof MAIL_LANGUAGES)[number];

/** What the welcome mail says. Stored with the mail, so nothing secret: the password is opened when it is rendered. */
export const welcomeData = z.object({
  customer: z.string(),
  product: z.string(),
  domain: z.string().nullable(),
  username: z.string().nullable(),
  hostname: z.string().nullable(),
  ip: z.string().nullable(),
  port: z.number().int().nullable(),
  ftpPort: z.number().int().nullable(),
  nameservers: z.array(z.string()),
});
export type WelcomeData = z.infer<typeof welcomeData>;

/** What the mails about a suspended, resumed or removed service say. */
export const changeData = z.object({
  customer: z.string(),
  product: z.string(),
  domain: z.string().nullable(),
  username: z.string().nullable(),
  /** Of a suspension. */
  reason: z.string().nullable(),
  /** The day of a planned removal, ISO 8601. */
  removedOn: z.iso.datetime().nullable(),
});
export type ChangeData = z.infer<typeof changeData>;

/** What the mail about a limit that comes near says. Amounts in bytes. */
export const usageWarningData = z.object({
  customer: z.string(),
  product: z.string(),
  domain: z.string().nullable(),
  metric: z.enum(['disk', 'bandwidth']),
  level: z.union([z.literal(80), z.literal(90), z.literal(100)]),
  used: z.number().nonnegative(),
  limit: z.number().positive(),
});
export type UsageWarningData = z.infer<typeof usageWarningData>;

export const EMAIL_STATES = ['QUEUED', 'SENT', 'FAILED'] as const;

export const listEmailsInput = z.strictObject({
  ...pageFields,
  state: z.enum(EMAIL_STATES).optional(),
  serviceId: z.uuid().optional(),
  customerId: z.uuid().optional(),
});
export type ListEmailsInput = z.infer<typeof listEmailsInput>;

export const exportEmailsInput = listEmailsInput.omit({ cursor: true, limit: true, direction: true });
export type ExportEmailsInput = z.infer<typeof exportEmailsInput>;

export interface EmailItem {
  id: string;
  template: string;
  language: string;
  to: string;
  subject: string;
  state: (typeof EMAIL_STATES)[number];
  attempts: number;
  nextTryAt: string | null;
  lastError: string | null;
  /** Waits because no mail server is configured; it goes out when one is. */
  noServer: boolean;
  createdAt: string;
  sentAt: string | null;
  operationId: string | null;
  service: { id: string; domain: string | null } | null;
  customer: { id: string; name: string } | null;
}

export interface EmailDetail extends EmailItem {
  messageId: string;
  /** As the receiver sees it; a password is shown as dots. Null when this version cannot write it any more. */
  preview: { subject: string; html: string; text: string } | null;
}

export const previewTemplateInput = z.strictObject({
  template: z.enum(TEMPLATE_NAMES).default('welcome'),
  language: z.enum(MAIL_LANGUAGES).default('en'),
});
export type PreviewTemplateInput = z.infer<typeof previewTemplateInput>;

export interface TemplateItem {
  name: TemplateName;
  toStaff: boolean;
  /** What the template is filled with; null = may be absent. */
  variables: { name: string; example: string | null }[];
}

/** What became of a mail that was tried at once; `words`: why it was not taken. */
export interface SentNow {
  delivery: 'sent' | 'waits' | 'failed' | 'no-server' | 'taken';
  words: string | null;
}
