import { describe, expect, it } from 'vitest';
import { DEFAULT_OUTCOME, ERROR_KINDS, FAILURE_OUTCOMES } from '@/modules/sdk/errors';
import { type CreateSituation, decideAfterCreate, nextLookInSeconds } from './decide-next';

const DELAYS = [5, 15, 45, 120];

function decide(situation: Partial<CreateSituation>) {
  return decideAfterCreate(
    {
      failure: { kind: 'busy', outcome: 'unknown' },
      attempts: 1,
      clean: true,
      hasOtherName: false,
      duplicates: 'panel-refuses',
      settled: false,
      ...situation,
    },
    DELAYS,
  );
}

describe('what comes after a create that did not say "done"', () => {
  it('has an answer for every kind, outcome, look and policy', () => {
    for (const kind of ERROR_KINDS)
      for (const outcome of FAILURE_OUTCOMES)
        for (const lookUp of [undefined, 'ours', 'nothing', 'other', 'failed', 'cannot'] as const)
          for (const duplicates of ['panel-refuses', 'idempotency-key', 'look-up-only', 'none'] as const) {
            const decided = decide({ failure: { kind, outcome }, ...(lookUp && { lookUp }), duplicates });
            expect(decided.do, `${kind} ${outcome} ${lookUp} ${duplicates}`).toBeTypeOf('string');
          }
  });

  it('never sends a create again after a lost answer before somebody looked', () => {
    for (const kind of ERROR_KINDS) {
      expect(decide({ failure: { kind, outcome: 'unknown' } })).toEqual({ do: 'look-up' });
    }
  });

  it.each([
    ['ours', { do: 'adopt' }],
    ['nothing', { do: 'retry', afterSeconds: 5 }],
    ['other', { do: 'ask-a-person', code: 'not-ours' }],
    ['failed', { do: 'test-server' }],
  ] as const)('after a lost answer a look that shows "%s"', (lookUp, next) => {
    expect(decide({ lookUp })).toEqual(next);
  });

  it.each([
    ['panel-refuses', false, { do: 'retry', afterSeconds: 5 }],
    ['idempotency-key', false, { do: 'retry', afterSeconds: 5 }],
    ['look-up-only', false, { do: 'look-again' }],
    ['look-up-only', true, { do: 'retry', afterSeconds: 5 }],
    ['none', false, { do: 'look-again' }],
    ['none', true, { do: 'ask-a-person', code: 'cannot-tell' }],
  ] as const)('nothing there, policy %s, settled %s', (duplicates, settled, next) => {
    expect(decide({ lookUp: 'nothing', duplicates, settled })).toEqual(next);
  });

  it('asks a person when nobody can look and the panel does not refuse doubles', () => {
    expect(decide({ lookUp: 'cannot', duplicates: 'look-up-only', settled: true })).toEqual({
      do: 'ask-a-person',
      code: 'cannot-tell',
    });
    expect(decide({ lookUp: 'cannot', duplicates: 'panel-refuses' })).toEqual({ do: 'retry', afterSeconds: 5 });
  });

  it.each([
    [1, { do: 'retry', afterSeconds: 5 }],
    [2, { do: 'retry', afterSeconds: 15 }],
    [3, { do: 'retry', afterSeconds: 45 }],
    [4, { do: 'retry', afterSeconds: 120 }],
    [5, { do: 'fail', code: 'gave-up' }],
  ] as const)('attempt %i on a panel that is otherwise well', (attempts, next) => {
    expect(decide({ lookUp: 'nothing', attempts })).toEqual(next);
  });

  it('blames the server only when the connection test fails too', () => {
    const failure = { kind: 'unreachable', outcome: 'not-done' } as const;
    expect(decide({ failure })).toEqual({ do: 'test-server' });
    expect(decide({ failure, serverTest: 'failed' })).toEqual({ do: 'hold-server' });
    expect(decide({ failure, serverTest: 'passed' })).toEqual({ do: 'retry', afterSeconds: 5 });
    expect(decide({ lookUp: 'failed', serverTest: 'failed' })).toEqual({ do: 'hold-server' });
  });

  it('never says "failed" while an account may exist that nobody could look for', () => {
    expect(decide({ lookUp: 'failed', serverTest: 'passed', attempts: 5 })).toEqual({
      do: 'ask-a-person',
      code: 'cannot-tell',
    });
  });

  it.each(['auth', 'policy'] as const)('holds the server at once for %s', (kind) => {
    expect(decide({ failure: { kind, outcome: DEFAULT_OUTCOME[kind] } })).toEqual({ do: 'hold-server' });
  });

  it.each(['auth', 'policy'] as const)(
    'a no for lack of a right (%s) is the operation’s own while the login works',
    (kind) => {
      const failure = { kind, outcome: 'refused' } as const;
      expect(decide({ failure })).toEqual({ do: 'test-server' });
      expect(decide({ failure, serverTest: 'failed' })).toEqual({ do: 'hold-server' });
      expect(decide({ failure, serverTest: 'passed' })).toEqual({ do: 'fail', code: 'panel-refused' });
    },
  );

  it.each([
    [2_000, 2],
    [120_000, 120],
    [1e12, 900],
    [undefined, 30],
    [Number.NaN, 30],
    [-5, 30],
  ])('waits as the panel says (%s ms), at most 15 minutes', (retryAfterMs, afterSeconds) => {
    const failure = { kind: 'rate-limited', outcome: 'not-done', retryAfterMs } as const;
    expect(decide({ failure })).toEqual({ do: 'wait', afterSeconds });
  });

  it('goes elsewhere when the panel is full, but never with something left behind', () => {
    const failure = { kind: 'capacity', outcome: 'refused' } as const;
    expect(decide({ failure })).toEqual({ do: 'full-for-product' });
    expect(decide({ failure, clean: false })).toEqual({ do: 'ask-a-person', code: 'cannot-tell' });
  });

  it('takes the next name when one is taken, and never somebody else’s account', () => {
    const failure = { kind: 'conflict', outcome: 'refused' } as const;
    expect(decide({ failure })).toEqual({ do: 'look-up' });
    expect(decide({ failure, lookUp: 'ours' })).toEqual({ do: 'adopt' });
    expect(decide({ failure, lookUp: 'other', hasOtherName: true })).toEqual({ do: 'next-name' });
    expect(decide({ failure: { ...failure, field: 'domain' }, lookUp: 'nothing', hasOtherName: true })).toEqual({
      do: 'ask-a-person',
      code: 'not-ours',
    });
    expect(decide({ failure, lookUp: 'other', hasOtherName: true, clean: false })).toEqual({
      do: 'ask-a-person',
      code: 'not-ours',
    });
    expect(decide({ failure, lookUp: 'other' })).toEqual({ do: 'ask-a-person', code: 'not-ours' });
  });

  it.each(['not-found', 'invalid-input', 'unsupported'] as const)('a clear no (%s) is final', (kind) => {
    expect(decide({ failure: { kind, outcome: 'refused' } })).toEqual({ do: 'fail', code: 'panel-refused' });
  });
});

describe('looking again', () => {
  it.each([
    [0, 5],
    [5, 10],
    [15, 15],
    [31, 29],
    [60, 60],
    [400, 60],
  ])('%i s after the answer was lost the next look is in %i s', (since, seconds) => {
    expect(nextLookInSeconds(since)).toBe(seconds);
  });
});
