import type { AddressPolicy } from './address-policy';
import type { Resolver } from './connector';
import type { ModuleContext, ModuleLog, ModuleServer, ServerModuleInterface } from './contract';
import { isModuleError, ModuleError } from './errors';
import { createPanelHttp, type HttpExchange } from './http';
import { createRedactor, shorten } from './redact';
import type { TlsTrust } from './tls-trust';

export interface ModuleContextOptions {
  module: Pick<ServerModuleInterface, 'getEndpoint'>;
  server: ModuleServer;
  policy: AddressPolicy;
  trust?: TlsTrust;
  /** Every secret that was opened for this call: removed from all words, records and log lines. */
  secrets: readonly string[];
  /** The whole call, however many requests it makes. */
  limitMs: number;
  /** Default: 10 s, never more than the whole call. */
  connectMs?: number;
  /** Ends the call early: the program stops, the run lost its turn. */
  signal?: AbortSignal;
  operationId?: string | null;
  idempotencyKey?: string | null;
  reason?: string | null;
  clientAddress?: string | null;
  memory?: Readonly<Record<string, unknown>>;
  remember?: ModuleContext['remember'];
  /** Remarks of the module that staff should read; already redacted. */
  onWarn?(text: string): void;
  log?: ModuleLog;
  onExchange?(record: HttpExchange): void;
  resolver?: Resolver;
}

const SILENT: ModuleLog = { info: () => undefined, warn: () => undefined };

function redactFields(fields: Record<string, unknown> | undefined, redact: (text: string) => string) {
  if (!fields) return undefined;
  const entries = Object.entries(fields).map(([key, value]) => {
    const plain = typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
    // Numbers and truth values hold no secret that a name would not give away; everything else goes as redacted text.
    return [key, typeof value === 'number' || typeof value === 'boolean' ? value : redact(plain)];
  });
  return Object.fromEntries(entries) as Record<string, unknown>;
}

/**
 * What a module is handed for one panel call: a client bound to this server, a log that cannot leak, and a signal that
 * fires at the time limit. Make a new one for each call.
 */
export function createModuleContext(options: ModuleContextOptions): ModuleContext {
  const { module, server, secrets, limitMs } = options;
  const redact = createRedactor(secrets);
  const limit = AbortSignal.timeout(limitMs);
  const signal = options.signal ? AbortSignal.any([options.signal, limit]) : limit;
  const log = options.log ?? SILENT;
  return {
    http: createPanelHttp({
      ...(module.getEndpoint ? { baseUrl: () => module.getEndpoint?.(server) ?? '' } : {}),
      policy: options.policy,
      trust: options.trust,
      limits: { connectMs: Math.min(options.connectMs ?? 10_000, limitMs), headersMs: limitMs, totalMs: limitMs },
      signal,
      secrets,
      onExchange: options.onExchange,
      resolver: options.resolver,
    }),
    log: {
      info: (message, fields) => log.info(redact(message), redactFields(fields, redact)),
      warn: (message, fields) => log.warn(redact(message), redactFields(fields, redact)),
    },
    signal,
    operationId: options.operationId ?? null,
    idempotencyKey: options.idempotencyKey ?? null,
    reason: options.reason ?? null,
    clientAddress: options.clientAddress ?? null,
    warn: (text) => options.onWarn?.(shorten(redact(text), 2048)),
    memory: options.memory ?? {},
    remember: options.remember ?? (() => Promise.resolve()),
  };
}

/** Failures that end before a request can have been sent. */
const NOTHING_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'UND_ERR_CONNECT_TIMEOUT']);
const TLS_CODE = /^(ERR_SSL_|ERR_TLS_|CERT_|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_|UNABLE_TO_|HOSTNAME_MISMATCH)/;
const DEEPEST_CAUSE = 10;

function causeCodes(error: unknown): string[] {
  const codes: string[] = [];
  let current: unknown = error;
  for (let depth = 0; depth < DEEPEST_CAUSE && typeof current === 'object' && current !== null; depth += 1) {
    const { code, cause }: { code?: unknown; cause?: unknown } = current; // any object may have them
    if (typeof code === 'string') codes.push(code);
    current = cause;
  }
  return codes;
}

/** At most this much of a foreign text is looked at: a 5 MB message must not cost a second of redaction. */
const LONGEST_INPUT = 16 * 1024;

function wordsOf(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message.slice(0, LONGEST_INPUT) || thrown.name;
  if (typeof thrown === 'string' && thrown) return thrown.slice(0, LONGEST_INPUT);
  return `The module failed without saying why (it threw ${thrown === null ? 'null' : typeof thrown}).`;
}

/**
 * Whatever a module threw as a ModuleError whose words are redacted and at most 2 KB. A foreign error means that nobody
 * knows what happened, unless its causes show that no connection came about. ModulePending is not for this function.
 */
export function describeThrown(thrown: unknown, secrets: readonly string[]): ModuleError {
  const words = shorten(createRedactor(secrets)(wordsOf(thrown)), 2048);
  if (isModuleError(thrown)) {
    const { kind, outcome, retryAfterMs, field } = thrown;
    return new ModuleError({ kind, outcome, words, retryAfterMs, field });
  }
  const nothingSent = causeCodes(thrown).some((code) => NOTHING_SENT.has(code) || TLS_CODE.test(code));
  return nothingSent
    ? new ModuleError({ kind: 'unreachable', words: `No connection to the panel: ${words}` })
    : new ModuleError({ kind: 'busy', outcome: 'unknown', words });
}
