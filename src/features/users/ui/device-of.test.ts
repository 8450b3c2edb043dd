import { expect, it } from 'vitest';
import { deviceOf } from './device-of';

const CHROME = 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36';

it.each([
  [CHROME, 'Chrome, Linux'],
  [`${CHROME} Edg/156.0`, 'Edge, Linux'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Mobile/15E148 Safari/604.1', 'Safari, iOS'],
  ['curl/8.9', 'curl/8.9'],
  [null, null],
])('names the device of %j', (agent, expected) => {
  expect(deviceOf(agent)).toBe(expected);
});
