import { describe, expect, it } from 'vitest';
import { REASON_CODES } from '../reasons';
import { mergeEntries } from './operation-entries';
import { readOperationFilter, readTab, TAB_REASONS } from './read-operation-filters';
import { stepStates } from './step-progress';

describe('stepStates', () => {
  it.each([
    ['SUCCEEDED', null, ['done', 'done', 'done', 'done']],
    ['QUEUED', null, ['working', 'open', 'open', 'open']],
    ['RUNNING', 'create-account', ['done', 'working', 'open', 'open']],
    ['WAITING', 'select-server', ['waiting', 'open', 'open', 'open']],
    ['FAILED', 'create-account', ['done', 'failed', 'open', 'open']],
    ['UNKNOWN', 'create-account', ['done', 'unknown', 'open', 'open']],
    ['CANCELLED', 'create-account', ['done', 'open', 'open', 'open']],
  ] as const)('%s at %s', (state, step, expected) => {
    expect(stepStates({ state, step })).toEqual(expected);
  });
});

it('puts calls between the entries by time', () => {
  const event = (id: string, at: string) => ({ id, at, type: 'went-on', data: {} });
  const attempt = {
    id: 'call',
    number: 1,
    call: 'create',
    server: { id: 's', name: 'oak' },
    sentAt: '2026-01-01T00:00:02.000Z',
    endedAt: null,
    outcome: null,
    errorKind: null,
    words: null,
    request: null,
    answer: null,
  };
  const entries = mergeEntries({
    events: [event('late', '2026-01-01T00:00:03.000Z'), event('early', '2026-01-01T00:00:01.000Z')],
    attempts: [attempt],
  });
  expect(entries.map((entry) => ('attempt' in entry ? entry.attempt.id : entry.event.id))).toEqual([
    'early',
    'call',
    'late',
  ]);
});

it('opens the queue with what needs a person, whatever the address says', () => {
  expect(readTab('waiting')).toBe('waiting');
  expect(readTab('everything')).toBe('attention');
});

describe('the filter in an address', () => {
  it('is what it says, and nothing that its tab cannot have', () => {
    expect(readOperationFilter({})).toEqual({ tab: 'attention' });
    expect(
      readOperationFilter({ tab: 'all', state: 'WAITING', kind: 'SUSPEND', reason: 'no-room', search: 'a' }),
    ).toEqual({
      tab: 'all',
      state: 'WAITING',
      kind: 'SUSPEND',
      reason: 'no-room',
      search: 'a',
    });
    expect(readOperationFilter({ state: 'RUNNING', reason: 'no-room', kind: 'X', server: 'oak' })).toEqual({
      tab: 'attention',
    });
  });

  it('can ask for every reason there is', () => {
    expect([...TAB_REASONS.all].sort()).toEqual([...REASON_CODES].sort());
  });
});
