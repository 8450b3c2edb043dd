import { randomBytes } from 'node:crypto';
import { CompactEncrypt } from 'jose';
import { describe, expect, it } from 'vitest';
import { type KeyRing, keyIdOf, openWith, sealWith } from './sealed-box';

const place = { table: 'Server', id: 'row-1', column: 'credentials' };
const plain = 'Sörvér-geheim €42';
const key = new Uint8Array(randomBytes(32));
const ring: KeyRing = { current: 'k1', keys: new Map([['k1', key]]) };

type Parts = [header: string, cek: string, iv: string, body: string, tag: string];
const partsOf = (sealed: string) => sealed.split('.') as Parts;
const flip = (text: string) => (text.startsWith('A') ? 'B' : 'A') + text.slice(1);
const encode = (header: object) => Buffer.from(JSON.stringify(header)).toString('base64url');
const headerOf = (sealed: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(partsOf(sealed)[0], 'base64url').toString('utf8'));

async function withHeader(sealed: string, change: Record<string, unknown>): Promise<string> {
  const [, ...rest] = partsOf(sealed);
  return [encode({ ...headerOf(sealed), ...change }), ...rest].join('.');
}

describe('a sealed value', () => {
  it('opens where it was sealed, and no part of it is readable', async () => {
    const sealed = await sealWith(ring, plain, place);
    expect(await openWith(ring, sealed, place)).toBe(plain);
    expect(sealed).not.toContain('geheim');
    expect(keyIdOf(sealed)).toBe('k1');
    expect(await sealWith(ring, plain, place)).not.toBe(sealed);
  });

  const tampered: [name: string, change: (sealed: string) => Promise<string> | string][] = [
    [
      'a changed body',
      (sealed) =>
        partsOf(sealed)
          .map((part, at) => (at === 3 ? flip(part) : part))
          .join('.'),
    ],
    [
      'a changed tag',
      (sealed) =>
        partsOf(sealed)
          .map((part, at) => (at === 4 ? flip(part) : part))
          .join('.'),
    ],
    [
      'a changed iv',
      (sealed) =>
        partsOf(sealed)
          .map((part, at) => (at === 2 ? flip(part) : part))
          .join('.'),
    ],
    ['a cut text', (sealed) => sealed.slice(0, -4)],
    ['another context in the header', (sealed) => withHeader(sealed, { ctx: '["Server","row-2","credentials"]' })],
    ['an unknown key id', (sealed) => withHeader(sealed, { kid: 'k9' })],
    ['another algorithm', (sealed) => withHeader(sealed, { enc: 'A128GCM' })],
    ['an added zip header', (sealed) => withHeader(sealed, { zip: 'DEF' })],
    ['plain text', () => plain],
    ['nothing', () => ''],
  ];
  it.each(tampered)('does not open with %s', async (_name, change) => {
    const sealed = await change(await sealWith(ring, plain, place));
    await expect(openWith(ring, sealed, place)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it.each([
    ['row', { ...place, id: 'row-2' }],
    ['column', { ...place, column: 'tlsTrust' }],
    ['table', { ...place, table: 'Service' }],
  ])('does not open in another %s', async (_name, elsewhere) => {
    const sealed = await sealWith(ring, plain, place);
    await expect(openWith(ring, sealed, elsewhere)).rejects.toThrow(/belongs to another place/);
  });

  it('does not open under another key with the same id', async () => {
    const other: KeyRing = { current: 'k1', keys: new Map([['k1', new Uint8Array(randomBytes(32))]]) };
    const sealed = await sealWith(ring, plain, place);
    await expect(openWith(other, sealed, place)).rejects.toThrow(/changed after it was stored/);
  });

  it('refuses a header that we never write, even sealed with the right key', async () => {
    const foreign = await new CompactEncrypt(new TextEncoder().encode(plain))
      .setProtectedHeader({ alg: 'dir', enc: 'A256GCM', kid: 'k1', ctx: '["Server","row-1","credentials"]', typ: 'x' })
      .encrypt(key);
    await expect(openWith(ring, foreign, place)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  it('opens under an old key after a new one became current', async () => {
    const sealed = await sealWith(ring, plain, place);
    const rotated: KeyRing = { current: 'k2', keys: new Map([...ring.keys, ['k2', new Uint8Array(randomBytes(32))]]) };
    expect(await openWith(rotated, sealed, place)).toBe(plain);
    expect(keyIdOf(await sealWith(rotated, plain, place))).toBe('k2');
  });
});
