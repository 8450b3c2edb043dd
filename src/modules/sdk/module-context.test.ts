import { describe, expect, it } from 'vitest';
import type { ModuleServer } from './contract';
import { ModuleError } from './errors';
import { createModuleContext, describeThrown } from './module-context';
import { contextOf } from './require-context';

const SECRET = 'very-secret-value';

describe('describeThrown', () => {
  const withCause = (code: string) =>
    new Error('fetch failed', { cause: new AggregateError([], 'x', { cause: { code } }) });

  it.each([
    'ECONNREFUSED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'UND_ERR_CONNECT_TIMEOUT',
    'CERT_HAS_EXPIRED',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ])('believes that nothing was sent when the causes end in %s', (code) => {
    expect(describeThrown(withCause(code), [])).toMatchObject({ kind: 'unreachable', outcome: 'not-done' });
  });

  const circular = new Error('round and round');
  circular.cause = circular;
  const FOREIGN: [string, unknown][] = [
    ['an Error', new Error('x')],
    ['a reset', withCause('ECONNRESET')],
    ['a text', 'boom'],
    ['an empty text', ''],
    ['undefined', undefined],
    ['null', null],
    ['a number', 7],
    ['an object', { code: 'ECONNRESET' }],
    ['a circle', circular],
    ['a name only', Object.assign(new Error('x'), { name: 'ModuleError' })],
    ['5 MB', new Error('x'.repeat(5 * 1024 * 1024))],
    ['a secret', new Error(`login with ${SECRET} failed, ${encodeURIComponent(SECRET)}`)],
  ];
  it.each(FOREIGN)('knows nothing after %s', (_name, thrown) => {
    const error = describeThrown(thrown, [SECRET]);
    expect(error).toBeInstanceOf(ModuleError);
    expect(error).toMatchObject({ kind: 'busy', outcome: 'unknown' });
    expect([error.words.length > 0, error.cause]).toEqual([true, undefined]);
    expect(Buffer.byteLength(error.words)).toBeLessThanOrEqual(2048);
    expect(JSON.stringify([error.words, error.message, error.stack])).not.toContain(SECRET);
  });

  it('keeps what a ModuleError says, cleaned', () => {
    const thrown = new ModuleError({
      kind: 'capacity',
      words: `full, ${SECRET}`,
      retryAfterMs: 5,
      field: 'a.b',
      cause: SECRET,
    });
    const error = describeThrown(thrown, [SECRET]);
    expect(error).toMatchObject({
      kind: 'capacity',
      outcome: 'refused',
      words: 'full, [removed]',
      retryAfterMs: 5,
      field: 'a.b',
    });
    expect(error.cause).toBeUndefined();
  });
});

describe('the context of a call', () => {
  const server: ModuleServer = {
    id: 's',
    name: 's',
    hostname: 'h.example',
    ipAddress: '203.0.113.1',
    type: 'GAME',
    credentials: {},
  };
  const options = {
    server,
    policy: { allowCidrs: [], allowLoopbackPorts: [], forbiddenPorts: [] },
    secrets: [SECRET],
    limitMs: 1000,
  };

  it('cleans log lines and remarks', () => {
    const heard: unknown[] = [];
    const hear = (...all: unknown[]) => void heard.push(...all);
    const ctx = createModuleContext({ ...options, module: {}, log: { info: hear, warn: hear }, onWarn: hear });
    ctx.log.info(`a ${SECRET}`, { text: SECRET, deep: { list: [SECRET] }, number: 7, yes: true });
    ctx.log.warn('b');
    ctx.warn(`${SECRET} c`);
    expect(JSON.stringify(heard)).not.toContain(SECRET);
    expect(heard).toContain('[removed] c');
    expect(heard[1]).toMatchObject({ text: '[removed]', number: 7, yes: true });
  });

  it('fires its signal at the limit and when it is stopped', async () => {
    const stop = new AbortController();
    const ctx = createModuleContext({ ...options, module: {}, signal: stop.signal });
    stop.abort();
    expect(ctx.signal.aborted).toBe(true);
    const brief = createModuleContext({ ...options, module: {}, limitMs: 5 });
    await expect.poll(() => brief.signal.aborted).toBe(true);
  });

  it('turns settings that lead nowhere into a refusal of the call', async () => {
    const ctx = createModuleContext({ ...options, module: { getEndpoint: () => 'not an address' } });
    await expect(ctx.http.request({ path: '/' })).rejects.toMatchObject({ kind: 'policy', outcome: 'not-done' });
    expect(() => contextOf(undefined)).toThrow(/without a context/);
    expect(contextOf(ctx)).toBe(ctx);
  });
});
