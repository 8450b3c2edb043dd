import { describe, expect, it } from 'vitest';
import { refusal } from './errors';
import answers from './fixtures/answers.json';
import refusals from './fixtures/refusals.json';
import cpanel from './index';
import { active, endOf, panel } from './testing/panel';

/** What a class may become: kind and outcome, and the field where only one field makes it so. */
const MAY_BECOME: Record<string, readonly string[]> = {
  'permanent-config': [
    'auth not-done',
    'auth refused',
    'policy not-done',
    'policy refused',
    'capacity refused',
    'unsupported refused',
    'invalid-input refused product.moduleSettings.plan',
  ],
  'permanent-input': ['invalid-input refused', 'conflict refused'],
  'already-done': ['not-found refused'],
  ambiguous: ['timeout unknown', 'busy unknown'],
  transient: ['unreachable not-done', 'rate-limited not-done', 'busy not-done', 'busy unknown'],
};

describe('reasons', () => {
  it.each(refusals)('$call: $text', ({ text, from: _from, call: _call, class: belongs, ...meaning }) => {
    const { kind, outcome, field, words } = refusal(text);
    expect({ kind, outcome, ...(field === undefined ? {} : { field }) }).toEqual(meaning);
    const ends = [`${kind} ${outcome}`, `${kind} ${outcome} ${field}`];
    expect(
      MAY_BECOME[belongs]?.some((end) => ends.includes(end)),
      `${ends[1]} is not ${belongs}`,
    ).toBe(true);
    expect(words).not.toMatch(/XID|API failure|\.pm line|<br/);
  });

  it('has a fixture for every text that is documented', () => {
    const count = (from: string) => refusals.filter((one) => one.from === from).length;
    process.stdout.write(
      `${count('documented')} documented refusals, ${count('variant')} more and ${answers.length} answers compared with what they mean.\n`,
    );
    expect(count('documented')).toBeGreaterThanOrEqual(41);
  });

  it('tells staff what to do where the panel does not', () => {
    const advised = [
      ['You do not have permission to call “killacct”.', /Give the login.*privilege/],
      ['This account is locked and cannot be unsuspended.', /Only root can lift/],
      ['There are no free IP addresses on this server.', /Add a free IP address/],
      ['No space left on device', /make room/],
      ['Specified package does not exist.', /Correct the package in the product/],
    ] as const;
    for (const [reason, advice] of advised) expect(refusal(reason).words).toMatch(advice);
  });
});

describe('envelopes', () => {
  it.each(answers)('$name', async ({ status, body, read, change }) => {
    const { server, ctx } = await panel({ status, body });
    const found = await endOf(cpanel.getAccount?.(active, server, ctx()));
    const shown = typeof found === 'string' ? found : JSON.parse(JSON.stringify(found));
    expect(typeof shown === 'string' || shown === null ? String(shown) : `${shown.remoteId} ${shown.status}`).toBe(
      read,
    );
    const changed = await endOf(cpanel.suspend(active, server, ctx()));
    expect(changed === true ? 'done' : changed).toBe(change);
  });
});
