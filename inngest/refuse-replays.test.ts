import { Inngest } from 'inngest';
import { serve } from 'inngest/edge';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { canonicalText, sign } from './embedded/protocol';
import { refuseReplays } from './refuse-replays';

const KEY = `signkey-test-${'ab'.repeat(32)}`;
const OTHER = `signkey-test-${'cd'.repeat(32)}`;
let ran = 0;

const client = new Inngest({ id: 'app', isDev: false, signingKey: KEY, eventKey: 'k', aiMetadata: false });
const work = client.createFunction({ id: 'work', triggers: [{ event: 'app/work' }], checkpointing: false }, () => {
  ran += 1;
  return 'done';
});
const handle = refuseReplays(serve({ client, functions: [work] }));

const body = (runId: string) =>
  canonicalText({
    ctx: { attempt: 0, fn_id: 'app-work', run_id: runId, stack: { current: 0, stack: [] }, use_api: false },
    event: { name: 'app/work', data: {}, id: '1', ts: 1 },
    events: [{ name: 'app/work', data: {}, id: '1', ts: 1 }],
    steps: {},
    version: 1,
    use_api: false,
  });

async function post(text: string, signature: string | null): Promise<number> {
  const headers = new Headers({
    'content-type': 'application/json',
    host: 'panel.example',
    'x-inngest-req-version': '1',
  });
  if (signature !== null) headers.set('x-inngest-signature', signature);
  const url = 'http://panel.example/api/inngest?fnId=app-work&stepId=step';
  return (await handle(new Request(url, { method: 'POST', headers, body: text }))).status;
}

beforeEach(() => {
  ran = 0;
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-24T12:00:00Z') });
});
afterEach(() => void vi.useRealTimers());

it('runs a signed call, once', async () => {
  const text = body('r1');
  const signature = sign(text, KEY, Date.now());
  expect(await post(text, signature)).toBe(200);
  expect(await Promise.all([post(text, signature), post(text, signature)])).toEqual([401, 401]);
  expect(ran).toBe(1);
  vi.setSystemTime(Date.now() + 1000);
  expect(await post(text, sign(text, KEY, Date.now()))).toBe(200);
});

it('lets one of two in that come at the same time', async () => {
  const text = body('r2');
  const signature = sign(text, KEY, Date.now());
  const statuses = await Promise.all([post(text, signature), post(text, signature)]);
  expect(statuses.sort()).toEqual([200, 401]);
  expect(ran).toBe(1);
});

it.each([
  ['no signature', () => null],
  ['an empty one', () => ''],
  ['the signature of another key', (text: string) => sign(text, OTHER, Date.now())],
  ['the signature of another body', () => sign(body('other'), KEY, Date.now())],
  ['a signature of six minutes ago', (text: string) => sign(text, KEY, Date.now() - 6 * 60_000)],
  ['one whose time was changed', (text: string) => sign(text, KEY, Date.now()).replace(/t=\d+/, 't=1795521601')],
  ['one that was cut', (text: string) => sign(text, KEY, Date.now()).slice(0, -2)],
] as const)('refuses a call with %s and runs nothing', async (name, signatureOf) => {
  const text = body(`r-${name}`);
  expect(await post(text, signatureOf(text))).toBe(401);
  expect(ran).toBe(0);
});

it('forgets what could not be repeated anyhow', async () => {
  const text = body('r3');
  const signature = sign(text, KEY, Date.now());
  expect(await post(text, signature)).toBe(200);
  vi.setSystemTime(Date.now() + 5 * 60_000 + 1000);
  expect(await post(text, signature)).toBe(401);
  expect(ran).toBe(1);
});
