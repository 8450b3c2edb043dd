import { oneLine, type TestMailInput } from './template-kind';
import { mailTexts } from './texts';

/** The mail with which an administrator tries the mail server; it is sent at once and never kept. */
export async function renderTestMail(input: TestMailInput): Promise<{ subject: string; html: string; text: string }> {
  const { renderTestLetter } = await import('./templates/test-letter');
  const subject = oneLine(mailTexts(input.language, 'test')('subject', { company: input.sender.company }));
  return { subject, ...(await renderTestLetter(input)) };
}
