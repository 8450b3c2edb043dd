import type { RenderedLetter, TestMailInput } from '../template-kind';
import { mailTexts } from '../texts';
import { Letter } from './letter';
import { renderLetter } from './render-letter';

export function renderTestLetter({ language, sentBy, host, link, sender }: TestMailInput): Promise<RenderedLetter> {
  const say = mailTexts(language, 'test');
  return renderLetter(
    <Letter
      language={language}
      preview={say('preview')}
      title={say('title')}
      greeting={null}
      intro={[say('intro')]}
      facts={[
        { label: say('sentBy'), value: sentBy },
        { label: say('server'), value: host },
      ]}
      notes={[say('advice')]}
      button={{ label: say('button'), link }}
      why={say('why')}
      sender={sender}
      support={false}
    />,
  );
}
