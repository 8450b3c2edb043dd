import { expect, it } from 'vitest';
import { readBlocks, readSpans } from './markdown-blocks';

it('reads headings, paragraphs, lists, tables and code', () => {
  const text =
    '# Title\n\nOne\nline.\n\n1. first\n   goes on\n2. second\n\n- a\n- b\n\n| x | y |\n| - | - |\n| 1 | 2 |\n\n```js\nlet # = 1\n\n- no list\n```\nend';
  expect(readBlocks(text)).toEqual([
    { kind: 'heading', level: 1, text: 'Title' },
    { kind: 'paragraph', text: 'One line.' },
    { kind: 'list', ordered: true, items: ['first goes on', 'second'] },
    { kind: 'list', ordered: false, items: ['a', 'b'] },
    { kind: 'table', head: ['x', 'y'], rows: [['1', '2']] },
    { kind: 'code', text: 'let # = 1\n\n- no list' },
    { kind: 'paragraph', text: 'end' },
  ]);
});

it('reads code, strong, emphasis and web links; every other link is only its words', () => {
  expect(
    readSpans('Set **this** in `a_b_c` under _Settings_, see [docs](https://a.example) or [x](javascript:alert).'),
  ).toEqual([
    { kind: 'text', text: 'Set ' },
    { kind: 'strong', text: 'this' },
    { kind: 'text', text: ' in ' },
    { kind: 'code', text: 'a_b_c' },
    { kind: 'text', text: ' under ' },
    { kind: 'em', text: 'Settings' },
    { kind: 'text', text: ', see ' },
    { kind: 'link', text: 'docs', href: 'https://a.example' },
    { kind: 'text', text: ' or ' },
    { kind: 'text', text: 'x' },
    { kind: 'text', text: '.' },
  ]);
});

it('ends for texts that never close what they open', () => {
  expect(readBlocks('```\nopen')).toEqual([{ kind: 'code', text: 'open' }]);
  expect(readSpans('**open `and _so')).toEqual([{ kind: 'text', text: '**open `and _so' }]);
});
