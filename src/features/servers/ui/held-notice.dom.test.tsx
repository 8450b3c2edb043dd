import { screen } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderInPanel } from '@/components/testing/render-in-panel';
import { HeldNotice } from './held-notice';

const at = '2026-11-01T00:00:00.000Z';
const soon = '2026-11-01T00:01:00.000Z';

it.each([
  ['staff', null, /^Staff held it/],
  ['timeout', soon, /^It is tested by itself and goes back to work/],
  ['program-stopped', null, /^It is not tested by itself.*release it under Actions/],
])('a server held for %s is told what ends it', (kind, nextProbeAt, words) => {
  renderInPanel(<HeldNotice server={{ held: { at, kind, reason: 'The cause.', nextProbeAt } }} />);
  expect(screen.getByText(words)).toBeTruthy();
  expect(screen.getByText(/The cause\./)).toBeTruthy();
});

it('names the kind of trouble in the reader’s language before the panel’s own words', () => {
  const held = { at, kind: 'unreachable', reason: 'connect ECONNREFUSED', nextProbeAt: soon };
  renderInPanel(<HeldNotice server={{ held }} />, 'tr');
  expect(screen.getByText(/ulaşılamıyor\. connect ECONNREFUSED/)).toBeTruthy();
});

it('says nothing about one that is not held', () => {
  renderInPanel(<HeldNotice server={{ held: null }} />);
  expect(screen.getByTestId('shown').textContent).toBe('');
});
