import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { apiAddress, line, openFields, secret, secretPaths, secretValues } from './fields';

const schema = z.strictObject({
  apiUrl: apiAddress({ title: 'API' }),
  apiKey: secret({ title: 'Key' }),
  note: line({ title: 'Note' }).optional(),
  old: secret({ title: 'Old key' }).optional(),
  login: z.object({ user: line({ title: 'User' }), password: secret({ title: 'Password' }) }).optional(),
  nodes: z.array(z.object({ id: line({ title: 'Id' }), token: secret({ title: 'Token' }) })).default([]),
  via: z
    .union([z.object({ kind: z.literal('key'), pem: secret({ title: 'PEM' }) }), z.object({ kind: z.literal('none') })])
    .optional(),
});

const settings = {
  apiUrl: 'https://panel.example.com/api',
  apiKey: 'k1',
  login: { user: 'ada', password: 'p1' },
  nodes: [
    { id: 'a', token: 't1' },
    { id: 'b', token: 't2' },
  ],
  via: { kind: 'key', pem: 'x1' },
};

describe('fields of a module', () => {
  it('finds every secret, however deep, and nothing else', () => {
    expect(secretPaths(schema).toSorted()).toEqual(['apiKey', 'login.password', 'nodes.*.token', 'old', 'via.pem']);
    expect(secretValues(schema, schema.parse(settings)).toSorted()).toEqual(['k1', 'p1', 't1', 't2', 'x1']);
    for (const odd of [null, undefined, 'text', [], { login: 'text', nodes: 7 }])
      expect(secretValues(schema, odd)).toEqual([]);
  });

  it('shows of the settings only branches without a secret', () => {
    expect(openFields(schema, settings)).toEqual({ apiUrl: 'https://panel.example.com/api' });
  });

  it('carries title and mark into the form', () => {
    const json = z.toJSONSchema(schema, { io: 'input' });
    expect(json.properties).toMatchObject({ apiKey: { title: 'Key', secret: true }, apiUrl: { title: 'API' } });
  });

  it.each(['https://panel.example.com/', 'http://10.0.0.1:8080', 'https://panel.example.com/api///'])(
    'takes the address %s',
    (text) => {
      expect(apiAddress({ title: 'API' }).parse(text)).not.toMatch(/\/$/);
    },
  );

  it.each([
    '',
    'panel.example.com',
    'ftp://x.example',
    'https://a@b.example',
    'https://x.example/#a',
    'https://x.example/?a=1',
    'https:\\\\x.example',
  ])('refuses the address %j', (text) => {
    expect(apiAddress({ title: 'API' }).safeParse(text).success).toBe(false);
  });
});
