import type { IncomingMessage } from 'node:http';
import { afterEach } from 'vitest';
import type { ModuleContext, ModuleServer, ModuleService } from '@/modules/sdk/contract';
import { ModuleError } from '@/modules/sdk/errors';
import { createModuleContext } from '@/modules/sdk/module-context';
import { type AnsweringServer, answeringServer } from '@/modules/sdk/testing/answering-server';
import cpanel from '../index';

export interface Received {
  method: string;
  path: string;
  query: Record<string, string>;
  authorization: string | undefined;
  form: Record<string, string>;
}
export interface Answer {
  status?: number;
  body: unknown;
  headers?: Record<string, string>;
}

const open: AnsweringServer[] = [];
afterEach(() => {
  for (const server of open.splice(0)) server.close();
});

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

/** A WHM that answers by function, or the same to everything. */
export async function panel(answer: Answer | ((request: Received) => Answer)) {
  const received: Received[] = [];
  const warnings: string[] = [];
  const listening = await answeringServer((request, response) => {
    void textOf(request).then((text) => {
      const url = new URL(request.url ?? '/', 'http://panel');
      const entry: Received = {
        method: request.method ?? '',
        path: url.pathname,
        query: Object.fromEntries(url.searchParams),
        authorization: request.headers.authorization,
        form: Object.fromEntries(new URLSearchParams(text)),
      };
      received.push(entry);
      const { status = 200, body, headers } = typeof answer === 'function' ? answer(entry) : answer;
      response
        .writeHead(status, { 'content-type': 'text/plain', ...headers })
        .end(typeof body === 'string' ? body : JSON.stringify(body));
    });
  });
  open.push(listening);
  const server: ModuleServer = {
    id: 's',
    name: 'Elm',
    hostname: 'elm.example.com',
    ipAddress: '203.0.113.1',
    type: 'SHARED',
    credentials: cpanel.configSchema.parse({
      hostname: '127.0.0.1',
      port: listening.port,
      username: 'reseller',
      accessHash: 'AB12\r\n  CD34\n',
      useSsl: false,
    }),
  };
  const policy = { allowCidrs: [], allowLoopbackPorts: [listening.port], forbiddenPorts: [] };
  const secrets = ['AB12CD34', 'Correct-Horse.42'];
  const onWarn = (text: string) => void warnings.push(text);
  const ctx = (): ModuleContext =>
    createModuleContext({ module: cpanel, server, policy, secrets, limitMs: 2000, onWarn, reason: 'Overdue' });
  return { received, warnings, server, ctx };
}

export const service: ModuleService = {
  id: '018f0000-0000-7000-8000-000000000001',
  status: 'PENDING',
  domain: 'acme.example',
  username: 'acmeq7z',
  password: 'Correct-Horse.42',
  remoteId: null,
  dedicatedIp: null,
  additionalData: {},
  configOptions: [],
  product: { id: 'p', name: 'P', moduleSettings: { plan: 'starter' } },
  customer: { id: 'c', email: 'ada@example.com', name: 'Ada', language: 'en' },
};
export const active: ModuleService = { ...service, status: 'ACTIVE', username: 'acme', remoteId: 'acme' };
export const yes = (data?: unknown, more = {}) => ({ metadata: { result: 1, reason: 'OK', ...more }, data });
export const no = (reason: string) => ({ metadata: { result: 0, reason, version: 1 } });

/** How a call ended, for a table to compare. */
export async function endOf(call: Promise<unknown> | undefined): Promise<unknown> {
  try {
    return await call;
  } catch (error) {
    return error instanceof ModuleError ? `${error.kind} ${error.outcome}` : `escaped: ${String(error)}`;
  }
}
