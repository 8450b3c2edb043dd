import type { ChangeData, MailLanguage } from '../schema';
import type { LetterInput, RenderedLetter } from '../template-kind';
import { mailTexts } from '../texts';
import { type Fact, Letter } from './letter';
import { renderLetter } from './render-letter';

export type Change = 'suspended' | 'resumed' | 'terminated';

/** Tells the customer what became of the service. */
export function renderChange(change: Change, input: LetterInput<ChangeData>): Promise<RenderedLetter> {
  return renderLetter(<ChangeLetter change={change} {...input} />);
}

function ChangeLetter({ change, language, data, link, sender }: LetterInput<ChangeData> & { change: Change }) {
  const say = mailTexts(language, change);
  const common = mailTexts(language, 'common');
  const removal = change === 'suspended' && data.removedOn !== null;
  const notes = [removal ? mailTexts(language, 'suspended')('removalAdvice') : say('advice')];
  return (
    <Letter
      language={language}
      preview={say('preview')}
      title={say('title')}
      greeting={common('greeting', { name: data.customer })}
      intro={[say('intro', { product: data.product })]}
      facts={changeFacts(change, language, data)}
      notes={notes}
      button={{ label: common('button'), link }}
      why={common('why')}
      sender={sender}
      support
    />
  );
}

function changeFacts(change: Change, language: MailLanguage, data: ChangeData): Fact[] {
  const say = mailTexts(language, change);
  const facts: [string, string | null][] = [
    [say('product'), data.product],
    [say('domain'), data.domain],
    [say('username'), data.username],
  ];
  if (change === 'suspended') {
    const suspended = mailTexts(language, 'suspended');
    facts.push([suspended('reason'), data.reason]);
    facts.push([suspended('removal'), data.removedOn && dayOf(language, data.removedOn)]);
  }
  return facts.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}

/** A mail does not know its reader's zone, so the day is that of UTC and says so. */
function dayOf(language: MailLanguage, iso: string): string {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(iso));
  return `${day} (UTC)`;
}
