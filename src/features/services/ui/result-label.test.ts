import { expect, it } from 'vitest';
import { readableKey } from './result-label';

it.each([
  ['gameServerPort', 'Game server port'],
  ['game_server_port', 'Game server port'],
  ['vnc-host', 'Vnc host'],
  ['rootDisk2Size', 'Root disk2 size'],
  ['DNS zone', 'DNS zone'],
  ['ip', 'Ip'],
  ['', ''],
])('makes a panel’s key %o readable: %o', (key, words) => {
  expect(readableKey(key)).toBe(words);
});
