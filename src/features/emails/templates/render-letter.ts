import { render, toPlainText } from '@react-email/components';
import type { ReactElement } from 'react';
import type { RenderedLetter } from '../template-kind';

/** Both parts of a mail. The text part is made from the HTML part, so that both always say the same. */
export async function renderLetter(letter: ReactElement): Promise<RenderedLetter> {
  const html = await render(letter);
  const text = toPlainText(html, {
    selectors: [
      { selector: 'h1', options: { uppercase: false } },
      { selector: 'a', options: { linkBrackets: ['(', ')'], hideLinkHrefIfSameAsText: true } },
    ],
  });
  return { html, text };
}
