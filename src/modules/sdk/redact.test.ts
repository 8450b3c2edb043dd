import { expect, it } from 'vitest';
import { createRedactor, REMOVED, shorten } from './redact';

const SECRETS = ['p@ss"w/ör d+1', 'pk_0123456789abcdef', 'short'];
const redact = createRedactor(SECRETS);

const FORMS: [string, (secret: string) => string][] = [
  ['plain', (secret) => secret],
  ['url', encodeURIComponent],
  ['form', (secret) => new URLSearchParams({ v: secret }).toString()],
  ['json', (secret) => JSON.stringify({ v: secret })],
  ['json in json', (secret) => JSON.stringify(JSON.stringify({ v: secret }))],
  ['hex', (secret) => Buffer.from(secret).toString('hex')],
  ['HEX', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
  ['base64', (secret) => Buffer.from(secret).toString('base64')],
  ['base64url', (secret) => Buffer.from(secret).toString('base64url')],
  ['basic login', (secret) => Buffer.from(`root:${secret}`).toString('base64')],
  ['basic login, other offset', (secret) => Buffer.from(`admin:${secret}`).toString('base64')],
  ['basic login, third offset', (secret) => Buffer.from(`user1:${secret}:x`).toString('base64')],
];

it.each(FORMS)('removes secrets written as %s', (_name, write) => {
  for (const secret of SECRETS) {
    const clean = redact(`before ${write(secret)} after`);
    expect(clean).toContain(REMOVED);
    expect(clean.startsWith('before ') && clean.endsWith(' after')).toBe(true);
    for (const [, form] of FORMS.slice(0, 9)) expect(clean).not.toContain(form(secret));
  }
});

it.each([
  ['{"apiKey":"x1","name":"n"}', `{"apiKey":"${REMOVED}","name":"n"}`],
  ['{"db_password" : "a\\"b" , "n":1}', `{"db_password" : "${REMOVED}" , "n":1}`],
  ['{"token":12345}', `{"token":"${REMOVED}"}`],
  ['user=a&password=b c&x=1', `user=a&password=${REMOVED} c&x=1`],
  ['<password>abc</password>', `<password>${REMOVED}</password>`],
  ['Authorization: Bearer abc', `Authorization: ${REMOVED}`],
  ['sent Bearer abcdefghijklmnop to it', `sent Bearer ${REMOVED} to it`],
  ['{"name":"token ring","plan":"basic"}', '{"name":"token ring","plan":"basic"}'],
  ['Check the token or password of this server.', 'Check the token or password of this server.'],
])('removes what stands under a secret name: %s', (text, clean) => {
  expect(createRedactor([])(text)).toBe(clean);
});

it('shortens by bytes without breaking a character', () => {
  expect(shorten('abc', 3)).toBe('abc');
  for (let limit = 10; limit < 20; limit += 1) {
    const text = shorten('ğüşiöç'.repeat(10), limit);
    expect(Buffer.byteLength(text)).toBeLessThanOrEqual(limit);
    expect(text).toMatch(/^[ğüşiöç]*…$/);
  }
});

it.each(['token', '"token', 'password=', '<secret', 'cookie ', 'Bearer ', '\\', '"'])(
  'is not slowed down by an answer full of %j',
  (part) => {
    const text = part.repeat(65_536 / part.length);
    const started = performance.now();
    expect(redact(text).length).toBeGreaterThan(0);
    expect(performance.now() - started).toBeLessThan(500);
  },
);
