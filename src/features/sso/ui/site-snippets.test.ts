import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BUTTON_SNIPPET, SNIPPETS, siteSnippet } from './site-snippets';

const documentation = readFileSync('docs/api.md', 'utf8');

it.each([BUTTON_SNIPPET, ...SNIPPETS.map((snippet) => siteSnippet(snippet))])(
  'shows the same lines as the documentation: %.40s',
  (lines) => {
    expect(documentation).toContain(`\n${lines}\n`);
  },
);

it.each(SNIPPETS)('puts the panel’s own address into the lines for %s, once', (snippet) => {
  const lines = siteSnippet(snippet, 'https://panel.harbour.example:8443');
  expect(lines.split('https://panel.harbour.example:8443')).toHaveLength(2);
  expect(lines).not.toContain('panel.example.com');
});
