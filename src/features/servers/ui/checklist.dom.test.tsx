import { screen, within } from '@testing-library/react';
import { expect, it } from 'vitest';
import { renderInPanel } from '@/components/testing/render-in-panel';
import { type CheckLine, Checklist } from './checklist';

const line = (step: CheckLine['step'], change: Partial<CheckLine> = {}): CheckLine => ({
  step,
  state: 'ok',
  words: null,
  code: null,
  cause: null,
  cure: null,
  ...change,
});

it('fills in: what is known stands, the half that is being found out is busy, the rest waits', () => {
  renderInPanel(<Checklist lines={[line('resolved', { words: '192.0.2.1' }), line('connected')]} running="network" />);
  const said = screen.getAllByRole('listitem').map(({ textContent }) => textContent);
  expect(said).toEqual([
    'Name resolved192.0.2.1',
    'Connectedgood',
    'Certificatelooking…',
    'Signed inwaiting',
    'Rightswaiting',
    'Versionwaiting',
  ]);
});

it('puts cause, cure and the panel’s own words on the line that failed, and leaves out what nobody asked', () => {
  const failed = line('signedIn', {
    state: 'failed',
    code: 'loginRefused',
    cause: 'Refused.',
    cure: 'Check it.',
    words: 'HTTP 401',
  });
  renderInPanel(<Checklist lines={[failed]} running={null} />);
  const [item, ...others] = screen.getAllByRole('listitem');
  expect(others).toEqual([]);
  for (const text of ['Refused.', 'Check it.', 'HTTP 401'])
    expect(within(item as HTMLElement).getByText(text)).toBeTruthy();
});
