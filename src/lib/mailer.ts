import { isIP } from 'node:net';
import { createTransport, type Transporter } from 'nodemailer';
import { env } from '@/env';

export interface OutgoingMail {
  /** One recipient, address only. */
  to: string;
  subject: string;
  text: string;
  html: string;
  /** With angle brackets. The same for every try, so that a mail that arrives twice can be recognised. */
  messageId: string;
  /** Default: MAIL_FROM. */
  from?: string;
}

/** `retry`: the server or the way to it; `refused`: this mail, for good. `words` may be shown to staff. */
export type SendResult = { outcome: 'sent' } | { outcome: 'retry' | 'refused'; words: string };

export interface Mailer {
  sendMail(mail: OutgoingMail): Promise<SendResult>;
}

export interface MailerSettings {
  /** smtp:// (STARTTLS where offered) or smtps://, optionally with user and password. */
  url: string;
  from: string;
  /** Longest silence of the server that is borne, in milliseconds. */
  silenceMs?: number;
  /** Longest time for the whole conversation, in milliseconds; shorter than a claim on a kept mail. */
  totalMs?: number;
}

const SILENCE_MS = 10_000;
const TOTAL_MS = 40_000;

/** The mailer of this process, or null when no mail server is configured. */
export function configuredMailer(): Mailer | null {
  if (!env.SMTP_URL) return null;
  const shared = globalThis as unknown as { hybleMailer?: Mailer };
  shared.hybleMailer ??= createMailer({ url: env.SMTP_URL, from: env.MAIL_FROM });
  return shared.hybleMailer;
}

/** Speaks SMTP with one server. TLS certificates are verified and nothing in the address can switch that off. */
export function createMailer(settings: MailerSettings): Mailer {
  const transport = createTransport(transportOptions(settings));
  return { sendMail: (mail) => send(transport, settings, mail) };
}

/** Where mails are handed over, for people to read: never the user or the password. Null when nothing is configured. */
export function mailServerAddress(): { host: string; port: number; encryption: 'tls' | 'starttls' | 'none' } | null {
  if (!env.SMTP_URL) return null;
  const { host, port, secure, ignoreTLS } = transportOptions({ url: env.SMTP_URL, from: env.MAIL_FROM });
  return { host, port, encryption: secure ? 'tls' : ignoreTLS ? 'none' : 'starttls' };
}

function transportOptions({ url, silenceMs = SILENCE_MS }: MailerSettings) {
  const address = new URL(url);
  const secure = address.protocol === 'smtps:';
  const host = address.hostname.replace(/^\[|\]$/g, '');
  const user = decodeURIComponent(address.username);
  const local = isLoopback(host);
  return {
    host,
    port: address.port ? Number(address.port) : secure ? 465 : 587,
    secure,
    // What stays on this machine needs no TLS, and a mail catcher has no certificate that could be verified.
    ignoreTLS: !secure && local,
    // A password crosses a network only when it is encrypted.
    requireTLS: !secure && !local && user !== '',
    ...(user === '' ? {} : { auth: { user, pass: decodeURIComponent(address.password) } }),
    dnsTimeout: silenceMs,
    connectionTimeout: silenceMs,
    greetingTimeout: silenceMs,
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  };
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

async function send(transport: Transporter, settings: MailerSettings, mail: OutgoingMail): Promise<SendResult> {
  const fault = headerFault({ ...mail, from: mail.from ?? settings.from });
  if (fault) return { outcome: 'refused', words: fault };
  const { to, subject, text, html, messageId } = mail;
  const sending = transport.sendMail({
    from: mail.from ?? settings.from,
    // As an object it is one recipient, whatever it contains; as a string it could be a list.
    to: { name: '', address: to },
    subject,
    text,
    html,
    messageId,
    headers: { 'Auto-Submitted': 'auto-generated' },
  });
  try {
    await within(settings.totalMs ?? TOTAL_MS, sending);
    return { outcome: 'sent' };
  } catch (error) {
    return classify(error, settings.url);
  }
}

/** Line breaks end a header, so whoever gets one in could write headers of their own. */
function headerFault(mail: Required<OutgoingMail>): string | null {
  for (const field of ['to', 'from', 'subject', 'messageId'] as const) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
    if (/[\u0000-\u001f\u007f]/.test(mail[field])) {
      return `The mail was not sent: its "${field}" contains a line break or another control character. Correct the value it was made from.`;
    }
  }
  if (!/^[^\s@<>,;:"()[\]\\]+@[^\s@<>,;:"()[\]\\]+$/.test(mail.to)) {
    return `The mail was not sent: "${mail.to.slice(0, 100)}" is not one e-mail address. Correct the customer's address.`;
  }
  return null;
}

async function within(ms: number, sending: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`The conversation took longer than ${ms / 1000} s`)), ms);
  });
  // When the limit wins, the late end of the other must not count as unhandled.
  sending.catch(() => {});
  try {
    await Promise.race([sending, late]);
  } finally {
    clearTimeout(timer);
  }
}

interface SmtpFault {
  message: string;
  code?: string;
  command?: string;
  responseCode?: number;
}

/**
 * Only a permanent no to this recipient or this content is final. A 5xx to the sign-in or to our sender address is
 * about the settings: staff correct them, and the mail still goes out.
 */
function classify(error: unknown, url: string): SendResult {
  const fault: SmtpFault = error instanceof Error ? error : { message: String(error) };
  const final = (fault.responseCode ?? 0) >= 500 && (fault.command === 'RCPT TO' || fault.command === 'DATA');
  const said = withoutLogin(fault.message, url).slice(0, 300);
  const { hostname } = new URL(url);
  return final
    ? { outcome: 'refused', words: `${hostname} refused this mail for good: ${said}. Check the customer's address.` }
    : {
        outcome: 'retry',
        words: `${hostname} did not take the mail: ${said}. It is tried again by itself; if this stays, check the mail server and SMTP_URL.`,
      };
}

/** Some servers repeat in their answer what they were sent. */
function withoutLogin(words: string, url: string): string {
  const { username, password } = new URL(url);
  const plain = [password, decodeURIComponent(password)].filter((secret) => secret !== '');
  const user = decodeURIComponent(username);
  const encoded = plain.flatMap((secret) =>
    [secret, `\0${user}\0${secret}`].map((text) => Buffer.from(text).toString('base64')),
  );
  const secrets = [...plain, ...encoded];
  return secrets.reduce((text, secret) => text.replaceAll(secret, '[removed]'), words);
}
