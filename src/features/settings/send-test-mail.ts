import { env, publicUrl } from '@/env';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { uuidv7 } from '@/lib/ids';
import { configuredMailer, type Mailer } from '@/lib/mailer';
import { takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import { fromOf, senderOf } from '../emails/mail-sender';
import { messageIdOf } from '../emails/message-id';
import { renderTestMail } from '../emails/render-test-mail';
import { mailServerFacts } from './queries';
import { readSettings } from './read-settings';
import type { TestMailResult } from './schema';

/**
 * Sends a mail at once, past the queue, and says what the mail server answered. Trouble with the server is a result, not
 * an error. Throws TOO_MANY_REQUESTS when tried too often.
 */
export async function sendTestMail(
  ctx: Ctx,
  { to }: { to: string },
  mailer: Mailer | null = configuredMailer(),
): Promise<TestMailResult> {
  await takeTry('test-mail', ctx.actor.id ?? ctx.actor.name);
  if (!mailer) return { outcome: 'no-server', words: null, to, seconds: 0 };
  const settings = await readSettings();
  const { host } = mailServerFacts(settings);
  const { defaultLanguage: language } = settings;
  const sender = senderOf(settings);
  const link = `${publicUrl()}/settings`;
  const letter = await renderTestMail({ language, sentBy: ctx.actor.name, host: host ?? '', link, sender });
  const from = fromOf(settings, env.MAIL_FROM);
  const started = performance.now();
  const result = await mailer.sendMail({ to, from, messageId: messageIdOf(uuidv7(), from), ...letter });
  const seconds = Math.round((performance.now() - started) / 100) / 10;
  await inTransaction((tx) =>
    recordAudit(tx, ctx, {
      action: 'settings.send-test-mail',
      targetType: 'Settings',
      targetId: null,
      after: { to, outcome: result.outcome },
    }),
  );
  return { outcome: result.outcome, words: 'words' in result ? result.words : null, to, seconds };
}
