import { expect, it } from 'vitest';
import { retryDelaySeconds } from './retry-delay';

it('grows, then stays at four hours, and ends after three days', () => {
  const delays: number[] = [];
  for (let attempts = 1; ; attempts++) {
    const delay = retryDelaySeconds(attempts);
    if (delay === null) break;
    delays.push(delay);
  }
  expect(delays.slice(0, 6)).toEqual([30, 120, 600, 3600, 7200, 14_400]);
  expect(new Set(delays.slice(5))).toEqual(new Set([14_400]));
  const hours = delays.reduce((sum, delay) => sum + delay, 0) / 3600;
  expect(hours).toBeGreaterThanOrEqual(72);
  expect(hours).toBeLessThan(77);
});
