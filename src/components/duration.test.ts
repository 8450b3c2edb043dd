import { describe, expect, it } from 'vitest';
import { durationParts } from './duration';

describe('durationParts', () => {
  it.each([
    [0.84, 'seconds', { seconds: 0.8 }],
    [0.004, 'seconds', { seconds: 0.1 }],
    [0, 'seconds', { seconds: 0 }],
    [42.4, 'seconds', { seconds: 42 }],
    [60, 'minutes', { minutes: 1 }],
    [95, 'minutesSeconds', { minutes: 1, seconds: 35 }],
    [7200, 'hours', { hours: 2 }],
    [7260, 'hoursMinutes', { hours: 2, minutes: 1 }],
    [200_000, 'days', { days: 2 }],
    [-3, 'seconds', { seconds: 0 }],
  ])('says %d seconds as %s', (seconds, key, values) => {
    const said = durationParts(seconds);
    expect(said.key).toBe(key);
    expect(said.values).toMatchObject(values);
  });
});
