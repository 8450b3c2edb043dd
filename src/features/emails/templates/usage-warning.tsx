import { bytesText } from '@/i18n/bytes';
import type { UsageWarningData } from '../schema';
import type { LetterInput, RenderedLetter } from '../template-kind';
import { mailTexts } from '../texts';
import { usageWords } from '../usage-words';
import { Letter } from './letter';
import { renderLetter } from './render-letter';

/** Tells the customer that disk space or transfer is nearly, or all, used. */
export function renderUsageWarning(input: LetterInput<UsageWarningData>): Promise<RenderedLetter> {
  return renderLetter(<UsageWarningLetter {...input} />);
}

function UsageWarningLetter({ language, data, link, sender }: LetterInput<UsageWarningData>) {
  const say = mailTexts(language, 'usage');
  const common = mailTexts(language, 'common');
  const words = usageWords(data);
  const facts: [string, string | null][] = [
    [say('product'), data.product],
    [say('domain'), data.domain],
    [say('used', words), say('of', { used: bytesText(data.used, language), limit: bytesText(data.limit, language) })],
  ];
  return (
    <Letter
      language={language}
      preview={say('preview', words)}
      title={say('title', words)}
      greeting={common('greeting', { name: data.customer })}
      intro={[say('intro', { ...words, product: data.product })]}
      facts={facts.flatMap(([label, value]) => (value ? [{ label, value }] : []))}
      notes={[say('advice', words)]}
      button={{ label: common('button'), link }}
      why={common('why')}
      sender={sender}
      support
    />
  );
}
