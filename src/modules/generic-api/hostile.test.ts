import type { IncomingMessage } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ModuleServer, ModuleService } from '@/modules/sdk/contract';
import { ModuleError } from '@/modules/sdk/errors';
import { createModuleContext } from '@/modules/sdk/module-context';
import { type AnsweringServer, answeringServer } from '@/modules/sdk/testing/answering-server';
import { type Definition, definitionSchema } from './definition';
import { makeModule } from './index';

const HOSTILE: Record<string, string> = {
  'double quote': 'a"b',
  'end of a JSON text': '","admin":true,"x":"',
  'single quote': "a'b",
  backtick: 'a`b',
  backslash: 'a\\b',
  'trailing backslash': 'a\\',
  'up and away': '../../admin',
  'one up': '..',
  here: '.',
  'encoded dots': '%2e%2e/%2e%2e',
  'encoded slash': '..%2f..%2fadmin',
  'encoded percent': '%252e%252e',
  slash: 'a/b',
  'query sign': 'a?admin=1',
  fragment: 'a#b',
  'another parameter': 'a&admin=1',
  'another field': 'a=1;admin=1',
  'line break': 'a\r\nX-Admin: 1',
  'line feed': 'a\nX-Admin: 1',
  'request in a value': 'a\r\n\r\nGET /admin HTTP/1.1\r\nHost: x',
  NUL: 'a\u0000b',
  'template output': '{{ fields.key }}',
  'template tag': '{% for i in (1..1000000000) %}x{% endfor %}',
  'template include': '{% render "package.json" %}',
  'script template': '${process.env.HOME}',
  prototype: '__proto__',
  constructor: 'constructor',
  'another host': '//evil.example.com/',
  'user and host': '@evil.example.com',
  'scheme and host': 'https://evil.example.com/',
  markup: '<script>alert(1)</script>',
  'line separator': 'a\u2028b',
  'right to left': 'a\u202eb',
  'half a character': 'a\ud800b',
  umlauts: 'käse-日本-😀',
  plus: 'a+b c',
  empty: '',
  spaces: '   ',
  'a megabyte': 'x'.repeat(1024 * 1024),
};

const PLACES = ['path', 'query', 'header', 'form', 'json', 'jsonPart', 'quoted'] as const;
type Place = (typeof PLACES)[number];

const value = '{{ customer.name }}';
const REQUESTS: Record<Place, object> = {
  path: { method: 'POST', path: `/before/${value}/after` },
  query: {
    method: 'POST',
    path: '/call',
    query: [
      { name: 'v', value },
      { name: 'after', value: '1' },
    ],
  },
  header: {
    method: 'POST',
    path: '/call',
    headers: [
      { name: 'X-Value', value },
      { name: 'X-After', value: '1' },
    ],
  },
  form: {
    method: 'POST',
    path: '/call',
    body: {
      kind: 'form',
      form: [
        { name: 'v', value },
        { name: 'after', value: '1' },
      ],
    },
  },
  json: { method: 'POST', path: '/call', body: { kind: 'json', json: { v: value, after: [1, { deep: value }] } } },
  jsonPart: { method: 'POST', path: '/call', body: { kind: 'json', json: { v: `<${value}>`, after: 1 } } },
  quoted: {
    method: 'POST',
    path: '/call',
    body: { kind: 'form', form: [{ name: 'v', value: 'DROP {{ customer.name | quoted }};' }] },
  },
};

function definitionFor(place: Place): Definition {
  return definitionSchema.parse({
    slug: 'hostile',
    name: 'Hostile',
    connection: { authentication: { by: 'header', name: 'X-Key' } },
    operations: {
      testConnection: { calls: [{ title: 'Test', request: { path: '/' } }] },
      create: { calls: [{ title: 'Create', request: REQUESTS[place] }], result: { remoteId: '"made"' } },
    },
  });
}

interface Seen {
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

let panel: AnsweringServer;
let seen: Seen[] = [];
beforeAll(async () => {
  panel = await answeringServer((request, response) => {
    let body = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      body += chunk;
    });
    request.on('end', () => {
      seen.push({ url: request.url ?? '', headers: request.headers, body });
      response.end('{}');
    });
  });
});
beforeEach(() => {
  seen = [];
});
afterAll(() => panel.close());

async function send(place: Place, hostile: string): Promise<Seen | ModuleError> {
  const module = makeModule(definitionFor(place), 1);
  const credentials = { baseUrl: `${panel.url}/api`, key: 'the-key' };
  const server: ModuleServer = { id: 's', name: 's', hostname: 's', ipAddress: '', type: 'SHARED', credentials };
  const service: ModuleService = {
    id: 'service',
    status: 'PENDING',
    domain: 'example.com',
    username: 'name',
    password: null,
    remoteId: null,
    dedicatedIp: null,
    additionalData: {},
    configOptions: [],
    product: { id: 'p', name: 'p', moduleSettings: {} },
    customer: { id: 'c', email: 'c@example.com', name: hostile, language: 'en' },
  };
  const policy = { allowCidrs: [], allowLoopbackPorts: [panel.port], forbiddenPorts: [] };
  const ctx = createModuleContext({ module, server, policy, secrets: [], limitMs: 5000 });
  const failed = await module.create(service, server, ctx).then(
    () => null,
    (error: unknown) => error,
  );
  expect(seen.length).toBe(failed ? 0 : 1);
  if (failed instanceof ModuleError) return failed;
  return seen[0] ?? Promise.reject(failed);
}

/** What the panel reads in the place, and everything else of the request, which no value may change. */
function read(place: Place, { url, headers, body }: Seen): { value: unknown; rest: unknown } {
  const { pathname, search, searchParams } = new URL(url, 'http://panel');
  const admin = headers['x-admin'] ?? null;
  const form = new URLSearchParams(body);
  switch (place) {
    case 'path': {
      const parts = pathname.split('/');
      return {
        value: decodeURIComponent(parts[3] ?? ''),
        rest: [parts.length, parts[1], parts[2], parts[4], search, body, admin],
      };
    }
    case 'query':
      return {
        value: searchParams.get('v'),
        rest: [pathname, [...searchParams.keys()], searchParams.get('after'), body, admin],
      };
    case 'header':
      return { value: headers['x-value'], rest: [url, headers['x-after'], headers['x-key'], body, admin] };
    case 'form':
      return { value: form.get('v'), rest: [url, [...form.keys()], form.get('after'), admin] };
    case 'quoted':
      return { value: form.get('v'), rest: [url, [...form.keys()], admin] };
    default: {
      const json = JSON.parse(body);
      const deep = place === 'json' ? Object.keys(json.after[1]) : null;
      return {
        value: json.v,
        rest: [url, Object.keys(json), deep, Object.getPrototypeOf(json) === Object.prototype, admin],
      };
    }
  }
}

/** What a place cannot carry is refused before anything is sent; everything else arrives as it is. */
const REFUSED: Record<Place, string[]> = {
  path: ['one up', 'here', 'half a character', 'empty', 'a megabyte'],
  query: ['half a character', 'a megabyte'],
  header: [
    'line break',
    'line feed',
    'request in a value',
    'NUL',
    'line separator',
    'right to left',
    'half a character',
    'umlauts',
    'a megabyte',
  ],
  form: ['half a character'],
  json: ['half a character'],
  jsonPart: ['half a character'],
  quoted: ['line break', 'line feed', 'request in a value', 'NUL', 'half a character'],
};

function expected(place: Place, hostile: string): unknown {
  if (place === 'jsonPart') return `<${hostile}>`;
  if (place === 'quoted') return `DROP "${hostile.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}";`;
  return place === 'header' ? hostile.trim() : hostile;
}

describe.each(PLACES)(`${Object.keys(HOSTILE).length} hostile values in a %s`, (place) => {
  it('change nothing but their own value', async () => {
    const harmless = await send(place, 'harmless');
    if (harmless instanceof ModuleError) throw harmless;
    const { rest } = read(place, harmless);
    const refused: string[] = [];
    for (const [name, hostile] of Object.entries(HOSTILE)) {
      seen = [];
      const end = await send(place, hostile);
      if (end instanceof ModuleError) {
        expect([name, end.kind, end.outcome]).toEqual([name, 'invalid-input', 'not-done']);
        refused.push(name);
        continue;
      }
      const leftOut = expected(place, hostile) === '' && (place === 'query' || place === 'header' || place === 'form');
      const found = read(place, end);
      expect([name, found.value ?? null]).toEqual([name, leftOut ? null : expected(place, hostile)]);
      if (!leftOut) expect([name, found.rest]).toEqual([name, rest]);
    }
    expect(refused).toEqual(REFUSED[place]);
  });
});
