import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderInPanel } from '@/components/testing/render-in-panel';
import en from '@/messages/en.json';
import tr from '@/messages/tr.json';
import { FILL_TYPES } from '../../groups/choices';
import { WHY_NOT } from '../words';
import { WhyThisServer } from './why-this-server';

const placed = (reason: Record<string, unknown>) => ({ server: { id: 's0', name: 'oak-1' }, reason });
const winner = { serverId: 's0', server: 'oak-1', used: 4, limit: 10 };
const others = WHY_NOT.map((why, index) => ({
  serverId: `s${index + 1}`,
  server: `ash-${index}`,
  why,
  used: 1,
  limit: 1,
}));

describe.each(['en', 'tr'] as const)('why this server, %s', (locale) => {
  it.each(WHY_NOT)('says "%s" in words', (why) => {
    const other = others.filter((one) => one.why === why);
    renderInPanel(<WhyThisServer placement={placed({ rule: 'fill', winner, others: other, total: 2 })} />, locale);
    const words = (locale === 'tr' ? tr : en).placement.why[why];
    expect(screen.getByTestId('shown').textContent).toContain(`${other[0]?.server} · ${words}`);
  });

  it.each(FILL_TYPES)('says the rule "%s" in words', (rule) => {
    renderInPanel(<WhyThisServer placement={placed({ rule, winner, others: [], total: 1 })} />, locale);
    expect(screen.getByTestId('shown').textContent).toContain((locale === 'tr' ? tr : en).placement.rulesLong[rule]);
  });
});

it('says who chose by hand and why over the limit', () => {
  const byHand = { by: 'Ada', overrideReason: 'Moves in tomorrow' };
  renderInPanel(<WhyThisServer placement={placed({ rule: 'fill', winner, others, total: 13, byHand })} />);
  const text = screen.getByTestId('shown').textContent;
  expect(text).toContain('Ada');
  expect(text).toContain('Moves in tomorrow');
});

it('counts many by reason, and names those that are stored on demand', () => {
  const many = Array.from({ length: 50 }, (_, at) => ({
    serverId: `m${at}`,
    server: `elm-${at}`,
    why: 'behind',
    used: at,
    limit: 100,
  }));
  const counts = { behind: 150, full: 30, disabled: 19 };
  renderInPanel(<WhyThisServer placement={placed({ rule: 'fill', winner, others: many, counts, total: 200 })} />);
  const shown = screen.getByTestId('shown');
  expect(shown.textContent).toContain('150 could take it, was behind by the rule30 full19 disabled');
  expect(shown.textContent).not.toContain('elm-0');
  const button = screen.getByRole('button', { name: 'Show the first 50 by name' });
  expect(button.getAttribute('aria-expanded')).toBe('false');
  fireEvent.click(button);
  expect(shown.textContent).toContain('elm-49 49 of 100and 100 more30 full');
  fireEvent.click(screen.getByRole('button', { name: 'Hide the names' }));
  expect(shown.textContent).not.toContain('elm-0');
});

it('says where not all were counted', () => {
  const behind = others.filter(({ why }) => why === 'behind');
  const reason = { rule: 'fill', winner, others: behind, counts: { behind: 250 }, total: 251, more: true };
  renderInPanel(<WhyThisServer placement={placed(reason)} />);
  expect(screen.getByText('Counted are the first 250 in order; there are more.')).toBeTruthy();
});

it('leaves nobody out where few are named of few', () => {
  const named = others.slice(0, 4).map((other) => ({ ...other, why: 'behind' }));
  renderInPanel(<WhyThisServer placement={placed({ rule: 'fill', winner, others: named, counts: { behind: 6 } })} />);
  expect(screen.getByTestId('shown').textContent).toContain('6 could take it');
  fireEvent.click(screen.getByRole('button', { name: 'Show the first 4 by name' }));
  expect(screen.getByTestId('shown').textContent).toContain('and 2 more');
});

it('counts those too that an older version stored without a reason', () => {
  renderInPanel(<WhyThisServer placement={placed({ rule: 'fill', winner, others: others.slice(0, 3), total: 61 })} />);
  expect(screen.getByTestId('shown').textContent).toContain('and 57 more');
});
