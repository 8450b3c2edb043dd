import { domainToASCII } from 'node:url';
import { expect, it } from 'vitest';
import { usernameCandidates } from '@/modules/sdk/names';
import { cpanelPolicies } from './policies';
import { ACCOUNT_CALLS } from './simulator-accounts';
import { refuseUsername } from './simulator-names';
import { addAccount, type CpanelState, cpanelState } from './simulator-state';

/** Always the same "random" numbers, so that a failure can be looked at. */
function dice(seed: number) {
  let state = seed;
  return (n: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}

const AWKWARD =
  'a x1 9 1und1 24h test testing root virtfs all mysql password passw assword cpanel münchen öğüt 例え пример --- wwww operator'.split(
    ' ',
  );
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789-';

function domains(count: number): string[] {
  const pick = dice(7);
  const random = () => {
    const length = 1 + pick(24);
    const text = Array.from({ length }, () => LETTERS.charAt(pick(LETTERS.length))).join('');
    return text.replace(/^-+|-+$/g, '') || 'x';
  };
  return Array.from({ length: count }, (_, n) => {
    const name = n % 4 === 0 ? (AWKWARD[pick(AWKWARD.length)] ?? 'a') : random();
    return domainToASCII(`${name}.example`) || 'x.example';
  });
}

/** What the simulated panel itself answers to `verify_new_username`: null = the name may be used. */
function verify(state: CpanelState, user: string): string | null {
  const answer = ACCOUNT_CALLS.verify_new_username?.work(new URLSearchParams({ user }), state, 'host');
  return answer?.ok ? null : (answer?.reason ?? 'no such call');
}

it('makes 1,000 user names that the panel takes, each unique there and always the same', () => {
  const state = cpanelState();
  const { username: policy } = cpanelPolicies;
  expect(policy).toBeDefined();
  if (!policy) return;
  const tries: number[] = [];
  for (const [n, domain] of domains(1000).entries()) {
    const input = { serviceId: `service-${n}`, customerId: 'c', customerName: '株式会社', domain, policy };
    const names = usernameCandidates(input);
    expect(usernameCandidates({ ...input })).toEqual(names);
    // Now and then somebody else was there first, or left a group behind.
    if (n % 10 === 0) addAccount(state, { user: names[0] ?? '', domain: `stranger-${n}.example` });
    if (n % 50 === 0) state.leftoverGroups.push(names[1] ?? '');
    const position = names.findIndex((name) => verify(state, name) === null);
    expect(position, domain).toBeGreaterThanOrEqual(0);
    // What is refused may only be taken already: no name is invalid or reserved.
    const refusals = names.slice(0, position).map((name) => verify(state, name));
    expect(refusals.filter((words) => !/already has|same initial|already exists/.test(words ?? ''))).toEqual([]);
    tries.push(position + 1);
    addAccount(state, { user: names[position] ?? '', domain });
  }
  expect(new Set(state.accounts.map(({ user }) => user)).size).toBe(1100);
  const at = (most: number) => tries.filter((count) => count <= most).length;
  process.stdout.write(
    `1,000 user names: ${at(1)} at the first try, ${at(2)} at the second, all by ${Math.max(...tries)}.\n`,
  );
  expect([at(1), at(2)]).toEqual([expect.toSatisfy((n) => n >= 880), expect.toSatisfy((n) => n >= 970)]);
});

it('judges names by the rules of the panel', () => {
  const state = cpanelState();
  addAccount(state, { user: 'acmecorp', domain: 'acme.example' });
  state.leftoverGroups.push('ghost1');
  const refused = [
    '',
    '9lives',
    'test1',
    'mypassword',
    'a-b',
    'Abc',
    'a'.repeat(17),
    'virtfs',
    'acmecorp',
    'acmecorp2',
    'ghost1',
    'ünal',
  ];
  expect(refused.filter((name) => refuseUsername(state, name) === null)).toEqual([]);
  expect(['a', 'acmecor', 'shop24x', 'a'.repeat(16)].map((name) => refuseUsername(state, name))).toEqual([
    null,
    null,
    null,
    null,
  ]);
});
