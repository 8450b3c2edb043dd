import { describe, expect, it } from 'vitest';
import {
  callBody,
  canonicalText,
  errorRecord,
  hashedSigningKey,
  readAnswer,
  retryAfterMs,
  sameSecret,
  sign,
  sleepMs,
} from './protocol';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const sdk = { 'x-inngest-sdk': 'inngest-js:v4.24.0' };

describe('signature', () => {
  it('signs the canonical text followed by the time, with the key after its prefix', () => {
    const text = canonicalText({ b: 1, a: [1.0, 'ü', { z: null, y: true }] });
    expect(text).toBe('{"a":[1,"ü",{"y":true,"z":null}],"b":1}');
    const expected = 't=1767323045&s=ea1bd868b1e193866f166b5c8bb9a3f8df4c65f3490c3bd5e23b79fd0ce8c45e';
    expect(sign(text, 'signkey-prod-0123456789abcdef', NOW)).toBe(expected);
    expect(sign(text, '0123456789abcdef', NOW)).toBe(expected);
  });

  it('hashes the bytes behind the hexadecimal key and keeps its prefix', () => {
    const hash = 'bef57ec7f53a6d40beb640a780a639c83bc29ac8a9816f1fc6c5c6dcd93c4721';
    expect(hashedSigningKey('signkey-prod-616263646566')).toBe(`signkey-prod-${hash}`);
  });

  it('compares secrets of any length', () => {
    expect(sameSecret('abc', 'abc')).toBe(true);
    expect(sameSecret('abc', 'abcd')).toBe(false);
  });
});

describe('call body', () => {
  const body = JSON.parse(
    callBody({
      runId: 'r',
      event: { name: 'e', data: {} },
      steps: [
        { id: 'one', result: { data: 1 } },
        { id: 'two', result: null },
      ],
      attempt: 2,
      maxAttempts: 5,
      planned: true,
    }),
  );

  it('names attempt, limit and the order of ended steps', () => {
    expect(body.ctx).toMatchObject({ attempt: 2, max_attempts: 5, disable_immediate_execution: true });
    expect(body.ctx.stack).toEqual({ stack: ['one', 'two'], current: 1 });
    expect(body.steps).toEqual({ one: { data: 1 }, two: null });
  });

  it('leaves out what would switch on checkpointing', () => {
    expect(body.ctx).not.toHaveProperty('fn_id');
    expect(body.ctx).not.toHaveProperty('qi_id');
  });
});

describe('reading an answer', () => {
  it.each([
    ['a proxy', 502, {}, '<html>'],
    ['a page of the web process', 200, { 'content-type': 'text/html' }, '<html>'],
    ['a refused signature', 401, {}, '{"message":"Unauthorized"}'],
  ])('takes %s for an absent application', (_what, status, headers, body) => {
    expect(readAnswer({ status, headers, body }, NOW).kind).toBe('unavailable');
  });

  it('reads operations with their retry headers', () => {
    const headers = { ...sdk, 'x-inngest-no-retry': 'false', 'retry-after': '7' };
    const answer = readAnswer({ status: 206, headers, body: '[{"id":"a","op":"StepError"}]' }, NOW);
    expect(answer).toEqual({ kind: 'ops', ops: [{ id: 'a', op: 'StepError' }], noRetry: false, retryAfterMs: 7000 });
  });

  it('reads the end of a run, also without a value', () => {
    expect(readAnswer({ status: 200, headers: sdk, body: '' }, NOW)).toEqual({ kind: 'complete', output: null });
  });

  it('tells final failures from others by the header alone', () => {
    const body = '{"name":"Error","message":"no"}';
    expect(readAnswer({ status: 400, headers: { ...sdk, 'x-inngest-no-retry': 'true' }, body }, NOW)).toMatchObject({
      kind: 'error',
      noRetry: true,
    });
    expect(readAnswer({ status: 500, headers: sdk, body }, NOW)).toMatchObject({ noRetry: false, fault: true });
    const asked = { ...sdk, 'x-inngest-no-retry': 'false' };
    expect(readAnswer({ status: 500, headers: asked, body }, NOW)).toMatchObject({ noRetry: false, fault: false });
  });

  it.each(['', '[]', '{"x":1}', '[{"id":1,"op":"StepRun"}]', '{"id":'])(
    'counts the body %j of a 206 as a failed attempt',
    (body) => {
      expect(readAnswer({ status: 206, headers: sdk, body }, NOW)).toMatchObject({ kind: 'error', noRetry: false });
    },
  );
});

describe('times', () => {
  it.each([
    ['5', 5000],
    ['0', 1000],
    ['9999999', 86_400_000],
    [new Date(NOW + 30_000).toISOString(), 30_000],
    [new Date(NOW - 30_000).toISOString(), 1000],
    ['soon', null],
    [undefined, null],
  ])('retry-after %j is %j ms', (header, ms) => {
    expect(retryAfterMs(header, NOW)).toBe(ms);
  });

  it.each([
    ['1s', 1000],
    ['1h30m', 5_400_000],
    ['2d', 172_800_000],
    ['', 0],
    [new Date(NOW + 90_000).toISOString(), 90_000],
    [new Date(NOW - 1).toISOString(), 0],
    ['a while', null],
  ])('a sleep of %j is %j ms', (text, ms) => {
    expect(sleepMs(text, NOW)).toBe(ms);
  });
});

it('gives every error a name and a message', () => {
  expect(errorRecord({ name: 'E', message: 'm', stack: 's', extra: 1 })).toEqual({
    name: 'E',
    message: 'm',
    stack: 's',
  });
  expect(errorRecord('text')).toEqual({ name: 'Error', message: 'text' });
  expect(errorRecord({ error: 'inner' })).toEqual({ name: 'Error', message: 'inner' });
  expect(errorRecord(null).message).toBe('null');
});
