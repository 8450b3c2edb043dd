import type { MailLanguage, WelcomeData } from '../schema';
import type { LetterInput, RenderedLetter } from '../template-kind';
import { mailTexts } from '../texts';
import { type Fact, Letter } from './letter';
import { renderLetter } from './render-letter';

/** Tells the customer that the service runs, and how to reach it. */
export function renderWelcome(props: LetterInput<WelcomeData>): Promise<RenderedLetter> {
  return renderLetter(<Welcome {...props} />);
}

function Welcome({ language, data, password, link, sender }: LetterInput<WelcomeData>) {
  const say = mailTexts(language, 'welcome');
  const common = mailTexts(language, 'common');
  const notes = [password === null ? say('noPassword') : say('passwordAdvice')];
  if (data.nameservers.length > 0) notes.push(say('nameserversAdvice'));
  return (
    <Letter
      language={language}
      preview={say('preview')}
      title={say('title')}
      greeting={common('greeting', { name: data.customer })}
      intro={[say('intro', { product: data.product })]}
      facts={welcomeFacts(language, data, password)}
      notes={notes}
      button={{ label: common('button'), link }}
      why={common('why')}
      sender={sender}
      support
    />
  );
}

/** What there is to know, in the order in which it is needed; what the panel did not tell is left out. */
function welcomeFacts(language: MailLanguage, data: WelcomeData, password: string | null): Fact[] {
  const say = mailTexts(language, 'welcome');
  const host = data.ip ?? data.hostname;
  const facts: [string, string | null][] = [
    [say('product'), data.product],
    [say('domain'), data.domain],
    [say('address'), host !== null && data.port !== null ? joinPort(host, data.port) : null],
    [say('hostname'), data.hostname],
    [say('ip'), data.port === null ? data.ip : null],
    [say('ftp'), host !== null && data.ftpPort !== null ? joinPort(host, data.ftpPort) : null],
    [say('username'), data.username],
    [say('password'), password],
    [say('nameservers'), data.nameservers.join(', ')],
  ];
  return facts.flatMap(([label, value]) => (value === null || value === '' ? [] : [{ label, value }]));
}

/** An IPv6 address needs brackets before a port. */
function joinPort(host: string, port: number): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
