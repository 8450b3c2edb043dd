import { describe, expect, it } from 'vitest';
import { readSettings } from './environment.mjs';

const KEYS = { INNGEST_EVENT_KEY: 'e', INNGEST_SIGNING_KEY: 'signkey-prod-00' };

describe('the settings of a start', () => {
  it.each([
    ['INNGEST_DEV', { INNGEST_DEV: '1' }],
    ['INNGEST_DEV', { INNGEST_DEV: 'http://127.0.0.1:8288', ...KEYS }],
    ['INNGEST_SIGNING_KEY', { INNGEST_EVENT_KEY: 'e' }],
    ['INNGEST_EVENT_KEY', { INNGEST_SIGNING_KEY: 's' }],
    ['INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY', { INNGEST_BASE_URL: 'http://inngest:8288', INNGEST_DEV: '0' }],
    ['PORT', { PORT: '70000' }],
    ['HYBLE_WATCHDOG_SECONDS', { HYBLE_WATCHDOG_SECONDS: '2' }],
    ['HYBLE_WATCHDOG_SECONDS', { HYBLE_WATCHDOG_SECONDS: 'soon' }],
    ['HYBLE_WATCHDOG_SECONDS', { HYBLE_WATCHDOG_SECONDS: '601' }],
  ])('refuse, by name, %s that would leave a door open or not work: %j', (name, env) => {
    expect(() => readSettings(env)).toThrow(name);
  });

  it.each([
    [false, {}],
    [false, { INNGEST_DEV: '0' }],
    [true, KEYS],
    [true, { INNGEST_DEV: '0', INNGEST_BASE_URL: 'http://inngest:8288', ...KEYS }],
    [true, { INNGEST_DEV: 'http://127.0.0.1:8288', HYBLE_ALLOW_UNSIGNED: '1' }],
  ])('tell an Inngest of your own (%s): %j', (own, env) => {
    expect(readSettings(env).ownInngest).toBe(own);
  });

  it.each([
    [30_000, {}],
    [4500, { HYBLE_WATCHDOG_SECONDS: '4.5' }],
  ])('say how long a silent process is borne: %i ms for %j', (limit, env) => {
    expect(readSettings(env).watchdogMs).toBe(limit);
  });
});
