import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { fieldTitles } from './field-path';
import { readFields, type SchemaNode } from './fields';
import { initialValues, missingFields, toSettings } from './values';

const fieldsOf = (schema: z.ZodType) =>
  readFields(z.toJSONSchema(schema, { io: 'input', target: 'draft-7', unrepresentable: 'any' }) as SchemaNode);
const kindsOf = (schema: z.ZodType) => Object.fromEntries(fieldsOf(schema).map((field) => [field.name, field]));

const login = z.discriminatedUnion('by', [
  z.object({ by: z.literal('token').meta({ title: 'API token' }), token: z.string().meta({ secret: true }) }),
  z.object({ by: z.literal('password'), user: z.string(), password: z.string().meta({ secret: true }) }),
]);
const everything = z.strictObject({
  url: z
    .url()
    .transform((text) => text.trim())
    .meta({ title: 'API address', placeholder: 'https://a' }),
  key: z.string().min(1).meta({ title: 'Key', secret: true }),
  slots: z.number().int().min(1).max(9).default(3),
  share: z.number().optional(),
  region: z.enum(['eu', 'us']),
  verify: z.boolean().default(true),
  backup: z.boolean().optional(),
  login,
  proxy: z.object({ host: z.string(), port: z.int() }).optional(),
  names: z.array(z.string()).max(2).default([]),
  note: z.string().nullable(),
  extra: z.record(z.string(), z.string()).optional(),
});

describe('readFields', () => {
  it('finds the kind, the bounds and the texts of every field', () => {
    expect(kindsOf(everything)).toMatchObject({
      url: { kind: 'text', format: 'uri', title: 'API address', placeholder: 'https://a', required: true },
      key: { kind: 'secret', required: true },
      slots: { kind: 'number', min: 1, max: 9, whole: true, preset: 3, required: false },
      share: { kind: 'number', whole: false, title: 'Share', required: false },
      region: { kind: 'choice', values: [{ value: 'eu', label: 'Eu' }, { value: 'us' }] },
      verify: { kind: 'switch', preset: true },
      proxy: { kind: 'group', required: false, fields: [{ name: 'host', required: true }, { kind: 'number' }] },
      names: { kind: 'list', max: 2, item: { kind: 'text' } },
      note: { kind: 'text', required: false },
      extra: { kind: 'json' },
    });
    expect(kindsOf(everything).share).not.toHaveProperty('min');
  });

  it('reads a discriminated union as a choice between groups, without its constant', () => {
    expect(kindsOf(everything).login).toMatchObject({
      kind: 'union',
      by: 'by',
      variants: [
        { value: 'token', label: 'API token', fields: [{ name: 'token', kind: 'secret' }] },
        { value: 'password', label: 'Password', fields: [{ name: 'user' }, { name: 'password', kind: 'secret' }] },
      ],
    });
  });

  it('draws any JSON as JSON, so that what is in it is kept', () => {
    const fields = fieldsOf(z.object({ body: z.json().meta({ title: 'Body' }) }));
    expect(fields).toMatchObject([{ kind: 'json', title: 'Body' }]);
    expect(toSettings(fields, initialValues(fields, { body: { a: ['{{ b }}'] } }))).toEqual({
      body: { a: ['{{ b }}'] },
    });
  });

  it('reads constants in a row as one choice, and both halves of an intersection', () => {
    const size = z.union([z.literal('s'), z.literal('l')]);
    expect(kindsOf(z.object({ size }))).toMatchObject({
      size: { kind: 'choice', values: [{ value: 's' }, { value: 'l' }] },
    });
    expect(fieldsOf(z.intersection(z.object({ a: z.string() }), z.object({ b: z.string().optional() })))).toMatchObject(
      [
        { name: 'a', required: true },
        { name: 'b', required: false },
      ],
    );
  });
});

describe('the values of a form', () => {
  const fields = fieldsOf(everything);

  it('begin with what is stored, then with what the schema presets; secrets begin empty', () => {
    expect(
      initialValues(fields, { url: 'https://b', key: 'never shown', login: { by: 'password', user: 'ada' } }),
    ).toEqual({
      url: 'https://b',
      key: '',
      slots: 3,
      share: '',
      region: '',
      verify: true,
      backup: undefined,
      login: { by: 'password', user: 'ada', password: '' },
      proxy: undefined,
      names: [],
      note: '',
      extra: '',
    });
  });

  it('are sent as the schema takes them: nothing for what was left empty, an empty text for a secret to keep', () => {
    const values = { ...initialValues(fields), url: ' https://b ', region: 'eu', extra: '{"a":"b"}', names: ['x', ''] };
    expect(toSettings(fields, values)).toEqual({
      url: 'https://b',
      key: '',
      slots: 3,
      region: 'eu',
      verify: true,
      login: { by: 'token', token: '' },
      names: ['x', ''],
      extra: { a: 'b' },
    });
  });

  it('keep a yes or no open that was left open', () => {
    expect(toSettings(fields, initialValues(fields))).not.toHaveProperty('backup');
    expect(toSettings(fields, initialValues(fields, { backup: false }))).toHaveProperty('backup', false);
    expect(toSettings(fields, initialValues(fields, { backup: true }))).toHaveProperty('backup', true);
  });

  it('name what is missing by its path, but for secrets that are stored and groups that may be left out', () => {
    const empty = initialValues(fields);
    expect(missingFields(fields, empty, [])).toEqual(['url', 'key', 'region', 'login.token']);
    expect(missingFields(fields, empty, ['key', 'login.token'])).toEqual(['url', 'region']);
    const halfProxy = { ...empty, proxy: { host: 'p', port: '' }, names: [''] };
    expect(missingFields(fields, halfProxy, ['key', 'login.token'])).toEqual([
      'url',
      'region',
      'proxy.port',
      'names.0',
    ]);
  });
});

it('asks for nothing inside a group that is left out, whatever is preset in there', () => {
  const wait = z.object({ path: z.string(), seconds: z.int().default(10) }).optional();
  const fields = fieldsOf(z.object({ wait }));
  const values = initialValues(fields);
  expect(toSettings(fields, values)).toEqual({});
  expect(missingFields(fields, values, [])).toEqual([]);
  expect(missingFields(fields, { wait: { path: '', seconds: 10 } }, [])).toEqual(['wait.path']);
});

it('asks for nothing inside a group that is left out, although a list stands in there', () => {
  const look = z.object({ path: z.string(), query: z.array(z.string()).default([]) }).optional();
  const fields = fieldsOf(z.object({ look }));
  expect(missingFields(fields, initialValues(fields), [])).toEqual([]);
});

describe('the way to a field', () => {
  const fields = fieldsOf(
    z.object({
      login: login.meta({ title: 'Login' }),
      calls: z
        .array(z.object({ path: z.string().meta({ title: 'Path' }) }).meta({ title: 'Call' }))
        .meta({ title: 'Calls' }),
    }),
  );
  it.each([
    [
      ['calls', 1, 'path'],
      ['Calls 2', 'Path'],
    ],
    [
      ['login', 'user'],
      ['Login', 'User'],
    ],
    [['calls', '0'], ['Calls 1']],
    [
      ['gone', 'deeper'],
      ['gone', 'deeper'],
    ],
    [[], []],
  ])('%j is told in the titles of its fields', (path, titles) => {
    expect(fieldTitles(fields, path)).toEqual(titles);
  });
});
