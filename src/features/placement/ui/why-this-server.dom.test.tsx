import { screen } from '@testing-library/react';
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

it('names a few of many, counts the rest, and says who chose by hand and why over the limit', () => {
  const byHand = { by: 'Ada', overrideReason: 'Moves in tomorrow' };
  renderInPanel(<WhyThisServer placement={placed({ rule: 'fill', winner, others, total: 61, byHand })} />);
  const text = screen.getByTestId('shown').textContent;
  expect(text).toContain('and 54 more');
  expect(text).toContain('Ada');
  expect(text).toContain('Moves in tomorrow');
});
