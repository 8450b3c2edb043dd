import type { MailedLink } from '../../users/mail-link';
import type { LetterInput, RenderedLetter } from '../template-kind';
import { mailTexts } from '../texts';
import { Letter } from './letter';
import { renderLetter } from './render-letter';

export type PersonalLink = 'signInLink' | 'passwordLink' | 'invitation';

const HOUR = 60;

/** One button that works once: to sign in, or to choose a new password. */
export function renderPersonalLink(kind: PersonalLink, input: LetterInput<MailedLink>): Promise<RenderedLetter> {
  const { language, data, link, sender } = input;
  const say = mailTexts(language, kind);
  const common = mailTexts(language, 'common');
  const time =
    data.minutes % HOUR === 0
      ? common('hours', { count: String(data.minutes / HOUR) })
      : common('minutes', { count: String(data.minutes) });
  return renderLetter(
    <Letter
      language={language}
      preview={say('preview')}
      title={say('title')}
      greeting={common('greeting', { name: data.name })}
      intro={[say('intro', { time })]}
      facts={[]}
      notes={[]}
      button={{ label: say('button'), link }}
      why={say('why')}
      sender={sender}
      support
    />,
  );
}
