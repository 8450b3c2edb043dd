import type { StaffIncident } from '../staff-incident';
import { incidentWords } from '../staff-words';
import type { LetterInput, RenderedLetter } from '../template-kind';
import { mailTexts } from '../texts';
import { Letter } from './letter';
import { renderLetter } from './render-letter';

/** Tells staff what needs them: in the words of the panel, with the page to look at. */
export function renderStaffNotice(input: LetterInput<StaffIncident>): Promise<RenderedLetter> {
  return renderLetter(<StaffNotice {...input} />);
}

function StaffNotice({ language, data, link, sender }: LetterInput<StaffIncident>) {
  const words = incidentWords(language, data);
  return (
    <Letter
      language={language}
      preview={words.intro}
      title={words.title}
      greeting={null}
      intro={[words.intro, words.advice]}
      facts={words.facts.flatMap(([label, value]) => (value ? [{ label, value }] : []))}
      notes={[]}
      button={{ label: words.button, link }}
      why={mailTexts(language, 'staff')('why')}
      sender={sender}
      support={false}
    />
  );
}
