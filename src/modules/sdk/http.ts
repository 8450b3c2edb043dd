import { DecoratorHandler, type Dispatcher } from 'undici';
import type { AddressPolicy } from './address-policy';
import { decodeText, parseJson, readBody, UnusableBody } from './body-limits';
import { borrowAgent, type Resolver } from './connector';
import { ModuleError } from './errors';
import { type CallStage, errorForFailure, errorForStatus, panelWords, unusableAnswer } from './http-outcomes';
import { buildUrl, parsePanelUrl, portOf, type Query } from './panel-url';
import { createRedactor, type Redactor, shorten } from './redact';
import type { TlsTrust } from './tls-trust';

export interface PanelHttpOptions {
  /** Origin and path that every call stays below, asked at the first call. Without one, calls name absolute addresses. */
  baseUrl?: () => string;
  policy: AddressPolicy;
  trust?: TlsTrust;
  limits: { connectMs: number; headersMs: number; totalMs: number };
  signal?: AbortSignal;
  /** Removed from every word and record that leaves this client. */
  secrets: readonly string[];
  onExchange?(record: HttpExchange): void;
  resolver?: Resolver;
}

/** One call and its answer, redacted, at most 4 KB of each text. */
export interface HttpExchange {
  method: string;
  path: string;
  /** Absent when no answer came. */
  status?: number;
  startedAt: Date;
  ms: number;
  request?: string;
  answer?: string;
}

export interface PanelRequest {
  method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base address. */
  path?: string;
  /** Absolute, of the same origin as the base address where there is one. */
  url?: string;
  headers?: Record<string, string>;
  query?: Query;
  json?: unknown;
  form?: Query;
  body?: string;
  /** Whether the panel's state may change. Default: everything but GET and HEAD does. */
  changes?: boolean;
  /** Statuses that the module reads itself although they normally end the call. */
  handBack?: readonly number[];
  /** The answer holds a one-time link or the like: it is not recorded at all. */
  secretAnswer?: boolean;
}

export interface PanelAnswer {
  status: number;
  headers: Record<string, string>;
  text: string;
  /** Throws a ModuleError with outcome unknown when the text is no JSON. */
  json(): unknown;
}

/** The only way out to a panel. Throws nothing but ModuleError. */
export interface PanelHttp {
  request(request: PanelRequest): Promise<PanelAnswer>;
}

const RECORD_BYTES = 4096;

function markSent(stage: CallStage, onSent: () => void): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) => {
    const decorated = new DecoratorHandler(handler) as DecoratorHandler & Dispatcher.DispatchHandler; // its types omit the hooks
    const start = decorated.onRequestStart?.bind(decorated);
    decorated.onRequestStart = (controller, context) => {
      stage.sent = true;
      onSent();
      start?.(controller, context);
    };
    return dispatch(options, decorated);
  };
}

function flatHeaders(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const entries = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    entries.map(([key, value]) => [key.toLowerCase(), Array.isArray(value) ? value.join(', ') : `${value}`]),
  );
}

function encodeBody(request: PanelRequest): { body: string | null; type: string | null } {
  if (request.json !== undefined) return { body: JSON.stringify(request.json), type: 'application/json' };
  if (request.form) {
    const form = new URLSearchParams();
    for (const [key, value] of Object.entries(request.form)) if (value !== undefined) form.append(key, String(value));
    return { body: form.toString(), type: 'application/x-www-form-urlencoded' };
  }
  return { body: request.body ?? null, type: null };
}

function targetOf(request: PanelRequest, base: URL | null): URL {
  if (request.url === undefined) {
    if (!base) throw new ModuleError({ kind: 'policy', words: 'The module gave no address to call.' });
    return buildUrl(base, request.path ?? '/', request.query);
  }
  const url = parsePanelUrl(request.url);
  if (base && url.origin !== base.origin) {
    throw new ModuleError({
      kind: 'policy',
      words: `The module wanted to call ${url.host}, but this server is ${base.host}. Nothing was sent.`,
    });
  }
  for (const [key, value] of Object.entries(request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(key, String(value));
  }
  return url;
}

/** Ends the call at its limits to the millisecond; undici's own timers are coarse. */
function startClock(stage: CallStage, options: PanelHttpOptions) {
  const controller = new AbortController();
  const end = (reason: 'total' | 'headers') => {
    stage.timedOut ??= reason;
    controller.abort(new Error('time limit'));
  };
  const stop = () => {
    const reason: unknown = options.signal?.reason;
    // The limit of the whole operation is a time limit too, only not of this request alone.
    if (reason instanceof Error && reason.name === 'TimeoutError') {
      end('total');
      return;
    }
    stage.stopped = true;
    controller.abort(new Error('stopped'));
  };
  const total = setTimeout(end, options.limits.totalMs, 'total');
  let headers: NodeJS.Timeout | undefined;
  if (options.signal?.aborted) stop();
  options.signal?.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    waitForHeaders: () => {
      if (!controller.signal.aborted) headers ??= setTimeout(end, options.limits.headersMs, 'headers');
    },
    gotHeaders: () => clearTimeout(headers),
    done: () => {
      clearTimeout(total);
      clearTimeout(headers);
      options.signal?.removeEventListener('abort', stop);
    },
  };
}

/**
 * undici notices an abort only once it is connected; then it drops the request unsent. Nobody should wait for that.
 */
function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  promise.catch(() => undefined);
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason instanceof Error ? signal.reason : new Error('stopped'));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject);
  });
}

async function exchange(
  url: URL,
  request: PanelRequest,
  options: PanelHttpOptions,
  stage: CallStage,
): Promise<PanelAnswer> {
  const clock = startClock(stage, options);
  const { body, type } = encodeBody(request);
  const { policy, trust, resolver, limits } = options;
  const { agent, release } = borrowAgent(url, portOf(url), { policy, trust, resolver, connectMs: limits.connectMs });
  try {
    const asked = agent.compose(markSent(stage, clock.waitForHeaders)).request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: request.method ?? 'GET',
      headers: {
        accept: 'application/json',
        'user-agent': 'Hyble-Provisioning',
        ...(type ? { 'content-type': type } : {}),
        ...request.headers,
        'accept-encoding': 'identity',
      },
      body,
      signal: clock.signal,
    });
    const answer = await orAborted(asked, clock.signal);
    clock.gotHeaders();
    const headers = flatHeaders(answer.headers);
    const encoding = headers['content-encoding']?.trim().toLowerCase();
    if (encoding && encoding !== 'identity') {
      answer.body.destroy();
      throw unusableAnswer(`it is compressed (${encoding}) although we asked for plain text.`);
    }
    const text = decodeText(await readBody(answer.body));
    return { status: answer.statusCode, headers, text, json: () => parseAnswer(text) };
  } catch (error) {
    if (error instanceof UnusableBody) throw unusableAnswer(error.message);
    throw errorForFailure(error, stage);
  } finally {
    clock.done();
    release();
  }
}

function parseAnswer(text: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw unusableAnswer(error instanceof UnusableBody ? error.message : 'it is not valid JSON.');
  }
}

function redactError(error: ModuleError, redact: Redactor, outcome = error.outcome): ModuleError {
  const { kind, words, retryAfterMs, field } = error;
  return new ModuleError({ kind, outcome, words: shorten(redact(words), 2048), retryAfterMs, field });
}

/**
 * Cut before it is redacted: a 16 MB answer must not be searched for the sake of 4 KB. More is searched than is kept, so
 * that a secret cut in two lies behind the end; where much was removed, more is taken.
 */
function recordText(text: string, redact: Redactor): string {
  const start = redact(text.slice(0, 3 * RECORD_BYTES));
  const enough = text.length <= 3 * RECORD_BYTES || start.length >= 2 * RECORD_BYTES;
  return shorten(enough ? start : redact(text.slice(0, 16 * RECORD_BYTES)), RECORD_BYTES);
}

function recordOf(request: PanelRequest, url: URL | null, redact: Redactor, startedAt: Date): HttpExchange {
  const { body } = encodeBody(request);
  return {
    method: request.method ?? 'GET',
    path: shorten(redact(url ? `${url.pathname}${url.search}` : (request.path ?? '')), 512),
    startedAt,
    ms: Date.now() - startedAt.getTime(),
    ...(body === null ? {} : { request: recordText(body, redact) }),
  };
}

/**
 * The client that a module is handed for one call on one server. After a request that may have changed something, a
 * later failure of the same call can no longer promise that nothing happened: "not-done" becomes "unknown".
 */
export function createPanelHttp(options: PanelHttpOptions): PanelHttp {
  const redact = createRedactor(options.secrets);
  let mayHaveChanged = false;

  const request = async (wanted: PanelRequest): Promise<PanelAnswer> => {
    const startedAt = new Date();
    const changedBefore = mayHaveChanged;
    const changes = wanted.changes ?? !['GET', 'HEAD'].includes(wanted.method ?? 'GET');
    const stage: CallStage = { sent: false, totalMs: options.limits.totalMs, timedOut: null, stopped: false };
    let url: URL | null = null;
    let answer: PanelAnswer | null = null;
    try {
      url = targetOf(wanted, options.baseUrl ? parsePanelUrl(options.baseUrl()) : null);
      answer = await exchange(url, wanted, options, stage);
      if (!wanted.handBack?.includes(answer.status)) {
        const failure = errorForStatus(
          answer.status,
          answer.headers['retry-after'],
          answer.status < 300 ? '' : panelWords(answer.text),
        );
        if (failure) throw failure;
      }
      if (changes && answer.status < 400) mayHaveChanged = true;
      return answer;
    } catch (thrown) {
      const error = errorForFailure(thrown, stage);
      if (changes && error.outcome === 'unknown') mayHaveChanged = true;
      throw redactError(error, redact, changedBefore && error.outcome === 'not-done' ? 'unknown' : error.outcome);
    } finally {
      const text = answer === null ? undefined : wanted.secretAnswer ? '[not kept]' : recordText(answer.text, redact);
      options.onExchange?.({
        ...recordOf(wanted, url, redact, startedAt),
        ...(answer === null ? {} : { status: answer.status, answer: text }),
      });
    }
  };
  return { request };
}
