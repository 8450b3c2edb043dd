import { Fragment } from 'react';

/** A domain or address that may go on in a new line behind each dot and dash, as people read it, not inside a word. */
export function Breakable({ text }: { text: string }) {
  return text.split(/(?<=[.:@/-])/).map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: parts of one text keep their places
    <Fragment key={index}>
      {index > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
