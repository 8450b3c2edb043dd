import { beforeEach, describe, expect, it, vi } from 'vitest';

const ask = async (headers: Record<string, string>, settings: Record<string, string> = {}) => {
  vi.resetModules();
  for (const [name, value] of Object.entries({ DATABASE_URL: 'postgres://a@127.0.0.1/a', ...settings }))
    vi.stubEnv(name, value);
  const { mayReadMetrics } = await import('./may-read-metrics');
  return mayReadMetrics(new Headers(headers));
};
beforeEach(() => vi.unstubAllEnvs());
const local = { host: '127.0.0.1:3000' };

describe('without a token', () => {
  it.each([
    ['this machine', local, true],
    ['this machine, as the server notes it', { ...local, 'x-forwarded-for': '::ffff:127.0.0.1' }, true],
    ['a proxy that passed a visitor on', { ...local, 'x-forwarded-for': '203.0.113.9' }, false],
    ['a visitor who pretends to be near', { ...local, 'x-forwarded-for': '127.0.0.1, 203.0.113.9' }, false],
    ['a proxy that names itself', { ...local, via: '1.1 proxy' }, false],
    ['a proxy that tells the name it was asked for', { ...local, 'x-forwarded-host': 'panel.example' }, false],
    ['another name', { host: 'panel.example' }, false],
    ['no name', {}, false],
  ])('%s: %s', async (_who, headers, allowed) => {
    expect(await ask(headers)).toBe(allowed);
  });

  it('nobody may when the panel listens to the world', async () => {
    expect(await ask(local, { HOST: '0.0.0.0' })).toBe(false);
  });

  it('nobody may when a proxy stands before the panel, even one that says nothing of itself', async () => {
    expect(await ask(local, { HYBLE_PUBLIC_URL: 'https://panel.example' })).toBe(false);
    expect(await ask(local, { HYBLE_TRUSTED_PROXIES: 'loopback' })).toBe(false);
  });
});

describe('with a token', () => {
  const settings = { HYBLE_METRICS_TOKEN: 'a-token-of-sixteen-or-more' };
  it.each([
    ['Bearer a-token-of-sixteen-or-more', true],
    ['Bearer another-token-of-that-size', false],
    ['a-token-of-sixteen-or-more', false],
    ['', false],
  ])('%s: %s', async (authorization, allowed) => {
    expect(await ask({ ...local, authorization }, settings)).toBe(allowed);
    expect(await ask({ host: 'panel.example', authorization }, settings)).toBe(allowed);
  });
});
