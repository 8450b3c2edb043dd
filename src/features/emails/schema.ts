import { z } from 'zod';

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

export const listEmailsInput = z.strictObject({
  cursor: z.string().max(200).optional(),
  limit: z.number().int().min(1).max(100).default(50),
  state: z.enum(['QUEUED', 'SENT', 'FAILED']).optional(),
  serviceId: z.string().max(64).optional(),
  customerId: z.string().max(64).optional(),
});
export type ListEmailsInput = z.infer<typeof listEmailsInput>;

export const getEmailInput = z.strictObject({ id: z.string().max(64) });

export interface EmailListItem {
  id: string;
  template: string;
  language: string;
  to: string;
  subject: string;
  state: 'QUEUED' | 'SENT' | 'FAILED';
  attempts: number;
  nextTryAt: Date | null;
  lastError: string | null;
  /** Waits because no mail server is configured; it goes out when one is. */
  noServer: boolean;
  createdAt: Date;
  sentAt: Date | null;
  operationId: string | null;
  service: { id: string; domain: string | null } | null;
  customer: { id: string; name: string } | null;
}

export interface EmailDetail extends EmailListItem {
  /** As the receiver sees it; a password is shown as dots. Null when this version cannot render it any more. */
  preview: { subject: string; html: string; text: string } | null;
}
