import { describe, expect, it } from 'vitest';
import { type DecideInput, decide, retryDelay, STEP_OUTPUT_LIMIT } from './decide';
import type { Answer, Op } from './protocol';

const base: Omit<DecideInput, 'answer'> = {
  attempt: 0,
  maxAttempts: 5,
  putBacks: 0,
  retryDelaysMs: null,
  brokenDelayMs: 1000,
  nowMs: Date.UTC(2026, 0, 1),
  random: () => 0.5,
};
const on = (answer: Answer, more: Partial<DecideInput> = {}) => decide({ ...base, answer, ...more });
const ops = (list: Partial<Op>[], noRetry = false, retryAfterMs: number | null = null) =>
  ({ kind: 'ops', ops: list.map((op) => ({ id: 'x', op: 'StepRun', ...op })), noRetry, retryAfterMs }) as const;
const error = {
  kind: 'error',
  error: { name: 'E', message: 'm' },
  noRetry: false,
  retryAfterMs: null,
  fault: false,
} as const;

describe('waits between attempts', () => {
  it('follows the documented table with up to 30 s on top', () => {
    expect(retryDelay(0, null, () => 0)).toBe(15_000);
    expect(retryDelay(0, null, () => 0.999_999)).toBeLessThan(45_000);
    expect([1, 2, 3, 4].map((n) => retryDelay(n, null, () => 0))).toEqual([30_000, 60_000, 120_000, 300_000]);
    expect(retryDelay(99, null, () => 0)).toBe(7_200_000);
  });

  it('takes given waits as they are and repeats the last', () => {
    expect([0, 1, 2].map((n) => retryDelay(n, [5, 15], () => 0.9))).toEqual([5, 15, 15]);
  });
});

describe('failed attempts', () => {
  it('retries while attempts are left', () => {
    expect(on(error)).toEqual({ kind: 'retry', delayMs: 30_000 });
    expect(on(error, { attempt: 4 })).toEqual({ kind: 'fail', error: { name: 'E', message: 'm' } });
  });

  it('obeys the application when it says that this is final, or when to come back', () => {
    expect(on({ ...error, noRetry: true })).toMatchObject({ kind: 'fail' });
    expect(on({ ...error, retryAfterMs: 2000 })).toEqual({ kind: 'retry', delayMs: 2000 });
  });

  it('retries a failed step, and keeps its error once it is final', () => {
    expect(on(ops([{ op: 'StepError', error: { message: 'm' } }], false, 3000))).toEqual({
      kind: 'retry',
      delayMs: 3000,
    });
    const final = {
      kind: 'advance',
      memos: [{ id: 'x', name: null, result: '{"error":{"name":"Error","message":"m"}}' }],
      jobs: [],
    };
    expect(on(ops([{ op: 'StepFailed', error: { message: 'm' } }]))).toEqual(final);
    expect(on(ops([{ op: 'StepError', error: { message: 'm' } }]), { attempt: 4 })).toEqual(final);
  });

  it('comes back soon after a call that broke, and says at the end what is not known', () => {
    expect(on({ kind: 'broken', reason: 'reset' })).toEqual({ kind: 'retry', delayMs: 1500 });
    const last = on({ kind: 'broken', reason: 'reset' }, { attempt: 4 });
    expect(last).toMatchObject({ kind: 'fail', error: { message: expect.stringContaining('is not known') } });
  });

  it('does not count calls that never reached the application, until that is no longer believable', () => {
    const away = { kind: 'unavailable', reason: 'ECONNREFUSED' } as const;
    expect(on(away, { attempt: 4 })).toEqual({ kind: 'put-back', delayMs: 100, reason: 'ECONNREFUSED' });
    expect(on(away, { putBacks: 9 })).toMatchObject({ kind: 'put-back', delayMs: 10_000 });
    expect(on(away, { putBacks: 10 })).toMatchObject({ kind: 'retry' });
  });
});

describe('operations', () => {
  it('keeps results wrapped, so that the application cannot take them for something else', () => {
    const effect = on(ops([{ data: { error: 'data that looks like an error' }, displayName: 'pick' }]));
    expect(effect).toEqual({
      kind: 'advance',
      memos: [{ id: 'x', name: 'pick', result: '{"data":{"error":"data that looks like an error"}}' }],
      jobs: [],
    });
  });

  it('plans parallel steps and sleeps', () => {
    expect(
      on(
        ops([
          { op: 'StepPlanned', id: 'a' },
          { op: 'Sleep', id: 'b', name: '5s' },
        ]),
      ),
    ).toEqual({
      kind: 'advance',
      memos: [],
      jobs: [
        { kind: 'step', stepId: 'a' },
        { kind: 'sleep', stepId: 'b', delayMs: 5000 },
      ],
    });
  });

  it.each(['WaitForEvent', 'InvokeFunction', 'WaitForSignal', 'AIGateway', 'DeferAdd', 'SomethingNew'])(
    'fails a run that uses %s, by name',
    (op) => {
      const effect = on(ops([{ op, displayName: 'mine' }]));
      expect(effect).toMatchObject({ kind: 'fail', error: { message: expect.stringContaining(`"mine" uses ${op}`) } });
    },
  );

  it('fails a race, whose order it could not keep', () => {
    expect(on(ops([{ op: 'StepPlanned', opts: { parallelMode: 'race' } }]))).toMatchObject({ kind: 'fail' });
  });

  it('refuses results above the limit, of steps and of runs', () => {
    const large = 'x'.repeat(STEP_OUTPUT_LIMIT);
    expect(on(ops([{ data: large }]))).toMatchObject({ kind: 'fail', error: { name: 'OutputTooLarge' } });
    expect(on({ kind: 'complete', output: large })).toMatchObject({ kind: 'fail', error: { name: 'OutputTooLarge' } });
    expect(on({ kind: 'complete', output: undefined })).toEqual({ kind: 'complete', output: null });
  });
});
