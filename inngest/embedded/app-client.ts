import http from 'node:http';
import https from 'node:https';
import { type Answer, canonicalText, type HttpAnswer, REQUEST_VERSION, readAnswer, sign } from './protocol';
import { reasonOf } from './settings';

/** Inngest gives up after two hours as well. */
const CALL_LIMIT_MS = 2 * 3_600_000;
const PROBE_LIMIT_MS = 5_000;
/** What failed before the request was on its way: nothing ran. */
const BEFORE_SENDING = new Set(['connect', 'getaddrinfo']);

export interface AppClient {
  /** One step call; never throws. */
  call(functionId: string, stepId: string, runId: string, body: string): Promise<Answer>;
  /** The functions as the application describes them. */
  sync(): Promise<SyncAnswer>;
  /** Whether the web process answers at all. */
  probe(): Promise<boolean>;
  /** Cuts everything that is under way. */
  close(): void;
}

interface SyncAnswer {
  appId: string;
  functions: unknown[];
}

export interface AppClientOptions {
  appUrl: string;
  healthUrl: string;
  signingKey: string;
}

export function createAppClient(options: AppClientOptions): AppClient {
  const send = createSender();
  const signedHeaders = (body: string) => ({
    'content-type': 'application/json',
    'user-agent': 'hyble-executor',
    'x-inngest-signature': sign(body, options.signingKey, Date.now()),
  });
  return {
    async call(functionId, stepId, runId, body) {
      const url = new URL(options.appUrl);
      url.searchParams.set('fnId', functionId);
      url.searchParams.set('stepId', stepId);
      const headers = {
        ...signedHeaders(body),
        'x-inngest-req-version': String(REQUEST_VERSION),
        'x-run-id': runId,
      };
      try {
        return readAnswer(
          await send.request(url, { method: 'POST', headers, body, limitMs: CALL_LIMIT_MS }),
          Date.now(),
        );
      } catch (error) {
        const during = error instanceof Error && 'syscall' in error ? String(error.syscall) : '';
        return { kind: BEFORE_SENDING.has(during) ? 'unavailable' : 'broken', reason: reasonOf(error) };
      }
    },
    async sync() {
      const body = canonicalText({ url: options.appUrl });
      const headers = { ...signedHeaders(body), 'x-inngest-sync-kind': 'in_band' };
      const url = new URL(options.appUrl);
      return readSync(await send.request(url, { method: 'PUT', headers, body, limitMs: PROBE_LIMIT_MS * 4 }));
    },
    async probe() {
      try {
        const url = new URL(options.healthUrl);
        const answer = await send.request(url, { method: 'GET', headers: {}, body: '', limitMs: PROBE_LIMIT_MS });
        if (answer.status >= 200 && answer.status < 300) return true;
        return answer.status === 503 && /json/.test(String(answer.headers['content-type'] ?? ''));
      } catch {
        return false;
      }
    },
    close: send.close,
  };
}

function readSync(answer: HttpAnswer): SyncAnswer {
  if (answer.status === 401) {
    throw new Error(
      'The application refused the signature of the executor (401). No function runs until both use the same ' +
        'INNGEST_SIGNING_KEY and their clocks differ by less than five minutes.',
    );
  }
  if (answer.status !== 200 || !answer.headers['x-inngest-sdk']) {
    throw new Error(`The functions endpoint answered ${answer.status} to the sync. Functions start when it is up.`);
  }
  const body: unknown = JSON.parse(answer.body);
  if (typeof body === 'object' && body !== null && 'functions' in body && Array.isArray(body.functions)) {
    return { appId: 'app_id' in body ? String(body.app_id) : '', functions: body.functions };
  }
  throw new Error(
    'The functions endpoint answered the sync without a list of functions; in-band sync may be off there.',
  );
}

interface Request {
  method: string;
  headers: Record<string, string>;
  body: string;
  limitMs: number;
}

/** node's own client: unlike fetch it has no limit of 300 s for the first header. */
function createSender() {
  // Idle sockets go before the web process drops them, else a call could meet a closing one and count as broken.
  const agentOptions = { keepAlive: true, maxFreeSockets: 32, timeout: 2500 };
  const agents = { http: new http.Agent(agentOptions), https: new https.Agent(agentOptions) };
  const open = new Set<http.ClientRequest>();

  function request(url: URL, { method, headers, body, limitMs }: Request): Promise<HttpAnswer> {
    return new Promise((resolve, reject) => {
      const secure = url.protocol === 'https:';
      const length = body === '' ? {} : { 'content-length': String(Buffer.byteLength(body)) };
      const options = { method, headers: { ...headers, ...length }, agent: secure ? agents.https : agents.http };
      const call = (secure ? https : http).request(url, options);
      const limit = setTimeout(() => call.destroy(new Error(`no answer within ${limitMs / 1000} s`)), limitMs);
      open.add(call);
      call.once('close', () => {
        clearTimeout(limit);
        open.delete(call);
      });
      call.once('error', reject);
      call.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', reject);
        response.once('close', () => {
          if (!response.complete) reject(new Error('the connection closed before the answer was complete'));
        });
        response.once('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString('utf8'),
          }),
        );
      });
      call.end(body);
    });
  }

  function close(): void {
    for (const call of open) call.destroy(new Error('the executor stops'));
    agents.http.destroy();
    agents.https.destroy();
  }
  return { request, close };
}
