import { z } from 'zod';

export const SETTING_LANGUAGES = ['en', 'tr'] as const;

const MAX_STAFF_ADDRESSES = 10;
const email = z.email('This is not an e-mail address, for example support@example.com.').max(200);

/** Names stand in the head of mails and pages, where a line break or another control character has no place. */
const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max, `At most ${max} characters.`)
    .regex(/^\P{Cc}*$/u, 'One line without control characters, please.');

const addressList = z
  .array(email)
  .max(MAX_STAFF_ADDRESSES, `At most ${MAX_STAFF_ADDRESSES} addresses.`)
  .transform((addresses) => [...new Set(addresses)]);

const webAddress = z
  .url({ protocol: /^https?$/, error: 'Give the whole address, for example https://example.com/help.' })
  .max(300);

/**
 * One row of the table per key. A stored value that no longer fits its shape counts as not set, so that an older or
 * newer version never stops the program.
 */
export const SETTINGS = {
  /** How customers know the company: in mails and in the client area. */
  companyName: line(80),
  /** Who is told by mail when work fails or a server is held; empty = the dashboard alone says so. */
  staffEmail: addressList,
  /** Shown to customers who need help. */
  supportEmail: email.nullable(),
  supportUrl: webAddress.nullable(),
  /** Of mails to staff. */
  defaultLanguage: z.enum(SETTING_LANGUAGES),
  /** Staff without two-factor sign-in set it up before they can do anything else. Read in src/lib/auth.ts too. */
  requireTwoFactor: z.boolean(),
  /** Whether customers get a mail when disk space or transfer comes near its limit. */
  usageMails: z.boolean(),
  /** The name beside the sender's address; null = as in MAIL_FROM. */
  mailFromName: line(80).nullable(),
} as const;

export const settings = z.object(SETTINGS);
export type Settings = z.infer<typeof settings>;
export type SettingKey = keyof Settings;

export const DEFAULT_SETTINGS: Settings = {
  companyName: '',
  staffEmail: [],
  supportEmail: null,
  supportUrl: null,
  defaultLanguage: 'en',
  usageMails: false,
  mailFromName: null,
  requireTwoFactor: false,
};

/** Only what is given is changed. */
export const updateSettingsInput = z.strictObject(SETTINGS).partial();
export type UpdateSettingsInput = z.infer<typeof updateSettingsInput>;

export const sendTestMailInput = z.strictObject({ to: email });

/** How the company shows itself to its customers; null = not set. */
export interface Company {
  name: string | null;
  supportEmail: string | null;
  supportUrl: string | null;
}

/** What is known of the mail server; never its user or password. */
export interface MailServerFacts {
  configured: boolean;
  /** Name and port. */
  host: string | null;
  encryption: 'tls' | 'starttls' | 'none' | null;
  from: string;
}

export interface AboutFacts {
  version: string;
  node: string;
  mode: string;
  bootId: string;
  publicUrl: string;
  dataFolder: string;
  executor: { mode: 'embedded' | 'inngest-dev' | 'inngest'; state: 'ok' | 'starting' | 'silent' };
  database: { version: string; bytes: number };
}

export interface SettingsPage {
  values: Settings;
  mailServer: MailServerFacts;
  about: AboutFacts;
}

/** `words`: what the mail server said, for whoever has to mend it. */
export interface TestMailResult {
  outcome: 'sent' | 'retry' | 'refused' | 'no-server';
  words: string | null;
  to: string;
  seconds: number;
}
