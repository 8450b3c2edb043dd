import { env } from '@/env';
import { readSettings } from '../settings/read-settings';
import type { Settings } from '../settings/schema';
import type { MailSender } from './template-kind';

/** Until staff give a name. */
const UNNAMED = 'Hyble Provisioning';

export function senderOf({ companyName, supportEmail, supportUrl }: Settings): MailSender {
  return { company: companyName || UNNAMED, supportEmail, supportUrl };
}

/** The address of MAIL_FROM under the name from the settings, where one is given. */
export function fromOf({ mailFromName }: Pick<Settings, 'mailFromName'>, mailFrom: string): string {
  if (!mailFromName) return mailFrom;
  const address = /<([^<>]+)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom.trim();
  return `"${mailFromName.replace(/["\\]/g, '\\$&')}" <${address}>`;
}

/** Who mails come from now: read when a mail is sent, so that a corrected name counts for mails that wait. */
export async function currentSender(): Promise<{ sender: MailSender; from: string }> {
  const settings = await readSettings();
  return { sender: senderOf(settings), from: fromOf(settings, env.MAIL_FROM) };
}
