import { describe, expect, it } from 'vitest';
import { nextFire, readConfig, UnsupportedFeatureError } from './config';
import { createRegistry } from './registry';

const fn = (more: Record<string, unknown> = {}) => ({
  id: 'app-f',
  name: 'f',
  triggers: [{ event: 'e' }],
  steps: { step: { id: 'step', name: 'step', runtime: { type: 'http', url: 'http://x' } } },
  ...more,
});
const read = (more: Record<string, unknown>) => readConfig([fn(more)]).get('app-f');

describe('what functions announce', () => {
  it('counts attempts as retries plus one, five when nothing is said', () => {
    expect(read({})?.maxAttempts).toBe(5);
    expect(read({ steps: { step: { retries: { attempts: 0 } } } })?.maxAttempts).toBe(1);
  });

  it('reads every form of concurrency', () => {
    expect(read({ concurrency: 3 })?.concurrency).toEqual([{ limit: 3, key: null, scope: 'fn' }]);
    expect(read({ concurrency: [{ limit: 1, key: 'event.data.x', scope: 'env' }] })?.concurrency).toEqual([
      { limit: 1, key: 'event.data.x', scope: 'env' },
    ]);
  });

  it.each([
    ['batchEvents', { batchEvents: { maxSize: 2, timeout: '1s' } }],
    ['rateLimit', { rateLimit: { limit: 1, period: '1s' } }],
    ['throttle', { throttle: { limit: 1, period: '1s' } }],
    ['debounce', { debounce: { period: '1s' } }],
    ['singleton in mode "drop"', { singleton: { mode: 'drop' } }],
    ['priority', { priority: { run: '1' } }],
    ['timeouts', { timeouts: { start: '1s' } }],
    ['the cancelOn timeout "soon"', { cancel: [{ event: 'c', timeout: 'soon' }] }],
    ['the expression async.', { cancel: [{ event: 'c', if: 'async.' }] }],
    ['6 cancelOn rules (the limit is 5)', { cancel: Array.from({ length: 6 }, () => ({ event: 'c' })) }],
    ['21 retries (the limit is 20)', { steps: { step: { retries: { attempts: 21 } } } }],
    ['cron jitter', { triggers: [{ cron: '* * * * *', jitter: '5s' }] }],
    ['the cron "every day"', { triggers: [{ cron: 'every day' }] }],
    ['the cron "TZ=Nowhere/City 0 0 * * *"', { triggers: [{ cron: 'TZ=Nowhere/City 0 0 * * *' }] }],
    ['the expression event.data.', { triggers: [{ event: 'e', expression: 'event.data.' }] }],
    ['the expression event.', { concurrency: [{ limit: 1, key: 'event.' }] }],
    ['the expression &&', { idempotency: '&&' }],
  ])('refuses %s, naming function and feature', (feature, more) => {
    expect(() => read(more)).toThrow(UnsupportedFeatureError);
    expect(() => read(more)).toThrow(`"app-f" uses ${feature}`);
  });

  it('names everything at once', () => {
    const both = () => readConfig([fn({ debounce: {} }), fn({ id: 'app-g', throttle: {} })]);
    expect(both).toThrow(/"app-f" uses debounce; "app-g" uses throttle/);
  });
});

describe('cron', () => {
  const after = new Date('2026-03-28T12:00:00Z');
  it('counts in UTC unless a zone is named', () => {
    expect(nextFire('0 3 * * *', after)?.toISOString()).toBe('2026-03-29T03:00:00.000Z');
    expect(nextFire('TZ=Europe/Istanbul 0 3 * * *', after)?.toISOString()).toBe('2026-03-29T00:00:00.000Z');
  });
  it('follows the clock change of the zone', () => {
    expect(nextFire('TZ=Europe/Berlin 0 6 * * *', after)?.toISOString()).toBe('2026-03-29T04:00:00.000Z');
  });
});

describe('routing', () => {
  const registry = createRegistry();
  registry.replace(
    readConfig([
      fn({ id: 'plain', concurrency: [{ limit: 2 }, { limit: 1, key: 'event.data.k', scope: 'env' }] }),
      fn({ id: 'some', triggers: [{ event: 'e', expression: "event.data.k == 'yes'" }, { event: 'e' }] }),
      fn({ id: 'wild', triggers: [{ event: 'order/*' }] }),
      fn({ id: 'tick', triggers: [{ cron: '* * * * *' }] }),
    ]),
  );
  const routed = (name: string, data: unknown, onlyFunction: string | null = null) =>
    registry.route({ seq: '1', id: 'i', name, onlyFunction, body: { id: 'i', name, ts: 1, data } });

  it('starts a function once per event, whatever number of its triggers fit', () => {
    expect(routed('e', { k: 'yes' }).starts.map((start) => start.fnId)).toEqual(['plain', 'some']);
  });
  it('understands names that end in a star', () => {
    expect(routed('order/paid', {}).starts.map((start) => start.fnId)).toEqual(['wild']);
    expect(registry.listens('order/paid')).toBe(true);
    expect(registry.listens('orders')).toBe(false);
  });
  it('sends a tick to the function it belongs to alone', () => {
    expect(routed('inngest/scheduled.timer', {}, 'tick').starts.map((start) => start.fnId)).toEqual(['tick']);
    expect(routed('inngest/scheduled.timer', {}).starts).toEqual([]);
  });
  it('keeps slots of different owners, rules and value types apart', () => {
    const keys = (k: unknown) => routed('e', { k }).starts[0]?.slotKeys;
    expect(keys('1')).toEqual(['plain', 'env event.data.k "1"']);
    expect(keys(1)).toEqual(['plain', 'env event.data.k 1']);
  });
  it('reports a key that cannot be evaluated and starts the others', () => {
    const { starts, problem } = routed('e', {});
    expect(problem).toMatch(/^plain: .*No such key/);
    expect(starts.map((start) => start.fnId)).toEqual(['some']);
  });
});
