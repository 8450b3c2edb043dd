import { fireEvent, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { renderInPanel } from '@/components/testing/render-in-panel';
import { type OperationReason, REASON_CODES } from '../reasons';
import { ReasonText } from './reason-text';

const server = { id: 's1', name: 'oak-1' };
const words = 'nodeId: node is full';

/** One of each; a code without an example here does not compile. */
const EXAMPLES: { [Code in OperationReason['code']]: Extract<OperationReason, { code: Code }> } = {
  'no-room': {
    code: 'no-room',
    group: 'EU',
    others: [{ serverId: 's1', server: 'oak-1', why: 'full' }],
    total: 1,
  },
  'server-trouble': { code: 'server-trouble', server, kind: 'busy', words },
  'server-held': { code: 'server-held', server, words },
  'server-not-ready': { code: 'server-not-ready', server, state: 'offline' },
  'rate-limited': { code: 'rate-limited', server, words },
  'looking-again': { code: 'looking-again', server, kind: 'timeout', words },
  'trying-again': { code: 'trying-again', server, kind: 'busy', words, attempt: 2 },
  'call-under-way': { code: 'call-under-way', server },
  'after-stop': { code: 'after-stop', times: 1 },
  'waiting-for-slot': { code: 'waiting-for-slot', server, limit: 4 },
  'still-building': { code: 'still-building', server, note: 'copying', percent: 40 },
  unexpected: { code: 'unexpected', words },
  'panel-refused': { code: 'panel-refused', server, kind: 'invalid-input', words, field: 'domain' },
  'gave-up': { code: 'gave-up', server, kind: 'busy', words, attempts: 5 },
  'account-gone': { code: 'account-gone', server, words },
  'waited-too-long': { code: 'waited-too-long', hours: 72, last: words },
  'product-unusable': { code: 'product-unusable', field: null, words },
  'not-ours': { code: 'not-ours', server, found: 'srv-1, made on Monday' },
  'cannot-tell': { code: 'cannot-tell', server, kind: 'timeout', words },
  'program-stopped': { code: 'program-stopped', times: 3, words },
  cancelled: { code: 'cancelled', by: 'Ada' },
};

describe('ReasonText', () => {
  it('says what happened, what it means and what to do, with the panel’s own words folded', () => {
    renderInPanel(<ReasonText reason={EXAMPLES['gave-up']} state="FAILED" />);
    expect(screen.getByText('Gave up after 5 tries on oak-1')).toBeTruthy();
    expect(screen.getByText(/kept failing \(busy or failing\)/)).toBeTruthy();
    expect(screen.getByText(/then press Retry/)).toBeTruthy();
    const fold = screen.getByRole('button', { name: 'Details' });
    expect(fold.getAttribute('aria-expanded')).toBe('false');
    fireEvent.click(fold);
    expect(fold.getAttribute('aria-expanded')).toBe('true');
    expect(screen.getByText(words)).toBeTruthy();
  });

  it('does not promise that a server goes on by itself which only staff release', () => {
    const { unmount } = renderInPanel(<ReasonText reason={EXAMPLES['server-held']} state="WAITING" />);
    expect(screen.getByText(/goes on by itself/)).toBeTruthy();
    unmount();
    renderInPanel(<ReasonText reason={{ ...EXAMPLES['server-held'], endedBy: 'staff' }} state="WAITING" />);
    expect(screen.queryByText(/goes on by itself/)).toBeNull();
    expect(screen.getByText(/then release the server under Actions/)).toBeTruthy();
  });

  it('names every server that was passed over, and why', () => {
    renderInPanel(<ReasonText reason={EXAMPLES['no-room']} state="WAITING" />);
    expect(screen.getByRole('listitem').textContent).toBe('oak-1 · full');
  });

  it('counts those without a name too, and says where there are more than were looked at', () => {
    const others = Array.from({ length: 50 }, (_, at) => ({
      serverId: `s${at}`,
      server: `elm-${at}`,
      why: 'full',
      used: 8,
      limit: 8,
    }));
    const reason = { ...EXAMPLES['no-room'], others, counts: { full: 240, offline: 10 }, total: 250, more: true };
    renderInPanel(<ReasonText reason={reason} state="WAITING" />);
    const shown = screen.getByTestId('shown');
    expect(shown.textContent).toContain('At least 250 servers were looked at.');
    expect(shown.textContent).toContain('240 full10 offline');
    fireEvent.click(screen.getByRole('button', { name: 'Show the first 50 by name' }));
    expect(shown.textContent).toContain('elm-49 8 of 8and 190 more');
  });

  it('does not name a field where the panel named none', () => {
    renderInPanel(<ReasonText reason={EXAMPLES['product-unusable']} state="FAILED" />);
    expect(screen.getByTestId('shown').textContent).not.toMatch(/field|none/);
  });

  it.each(REASON_CODES)('leaves no gap in the texts for %s, in either language', (code) => {
    for (const locale of ['en', 'tr'] as const) {
      const { unmount } = renderInPanel(<ReasonText reason={EXAMPLES[code]} state="WAITING" />, locale);
      expect(screen.getByTestId('shown').textContent).not.toMatch(/[{}]|undefined|null|\(\)|reasons\./);
      unmount();
    }
  });
});
