import { performance } from 'node:perf_hooks';
import { z } from 'zod';
import { notePanelCall } from '@/features/health/panel-call-metrics';
import { db } from '@/lib/db';
import { logger } from '@/lib/logger';
import type { LimitedCall, ModuleContext } from '@/modules/sdk/contract';
import { isModulePending, ModuleError, type ModulePending } from '@/modules/sdk/errors';
import type { HttpExchange } from '@/modules/sdk/http';
import { createModuleContext, describeThrown } from '@/modules/sdk/module-context';
import { callLimit } from './call-limits';
import { outboundPolicy } from './outbound-policy';
import type { OpenServer } from './server-access';

/** What a call needs of a server; one that is not saved yet has no more. */
export type Callable = Pick<OpenServer, 'module' | 'server' | 'trust' | 'secrets'> & { record: { timeouts: unknown } };

export interface CallOptions {
  call: LimitedCall;
  operationId?: string | null;
  idempotencyKey?: string | null;
  reason?: string | null;
  clientAddress?: string | null;
  /** The service this is about: its module may remember things for it. */
  serviceId?: string;
  /** Secrets beside the server's own: the account's password. */
  secrets?: readonly string[];
}

interface Recorded {
  /** Redacted, at most 4 KB each: the call that decided. */
  exchange: { request: string | null; answer: string | null };
  warnings: string[];
}

/** `pending`: accepted, still being built. Whoever does not know about it reads the error: nobody knows how it ends. */
export type PanelAnswer<T> = Recorded &
  ({ ok: true; value: T } | { ok: false; error: ModuleError; pending?: ModulePending });

/**
 * Calls a module with everything it may need, inside a time limit that also ends a module that never settles.
 * Trouble is an answer: nothing but a mistake of ours is thrown.
 */
export async function callPanel<T>(
  open: Callable,
  options: CallOptions,
  act: (ctx: ModuleContext) => Promise<T>,
): Promise<PanelAnswer<T>> {
  const begun = performance.now();
  const answer = await callWithinLimit(open, options, act);
  notePanelCall(open.module.slug, options.call, outcomeOf(answer), (performance.now() - begun) / 1000);
  return answer;
}

function outcomeOf(answer: PanelAnswer<unknown>): string {
  if (answer.ok) return 'done';
  return answer.pending ? 'pending' : answer.error.outcome;
}

async function callWithinLimit<T>(
  open: Callable,
  options: CallOptions,
  act: (ctx: ModuleContext) => Promise<T>,
): Promise<PanelAnswer<T>> {
  const seconds = callLimit(options.call, open.module.policies, open.record.timeouts);
  const secrets = [...open.secrets, ...(options.secrets ?? [])];
  const exchanges: HttpExchange[] = [];
  const warnings: string[] = [];
  const ctx = createModuleContext({
    module: open.module,
    server: open.server,
    policy: outboundPolicy(),
    ...(open.trust && { trust: open.trust }),
    secrets,
    limitMs: seconds * 1000,
    operationId: options.operationId ?? null,
    idempotencyKey: options.idempotencyKey ?? null,
    reason: options.reason ?? null,
    clientAddress: options.clientAddress ?? null,
    ...(options.serviceId !== undefined && (await serviceMemory(options.serviceId))),
    onWarn: (text) => warnings.push(text),
    onExchange: (exchange) => exchanges.push(exchange),
    log: logger,
  });
  try {
    const value = await withinLimit(act(ctx), seconds);
    if (value === false)
      throw new ModuleError({ kind: 'unsupported', outcome: 'refused', words: 'The panel refused without a reason.' });
    return { ok: true, value, exchange: lastOf(exchanges), warnings };
  } catch (thrown) {
    if (isModulePending(thrown)) {
      const error = new ModuleError({ kind: 'busy', words: 'The panel accepted it and is still working on it.' });
      return { ok: false, error, pending: thrown, exchange: lastOf(exchanges), warnings };
    }
    return { ok: false, error: describeThrown(thrown, secrets), exchange: lastOf(exchanges), warnings };
  }
}

/** What the module remembered for this service, and how it remembers more: committed at once, so that a kill loses nothing. */
async function serviceMemory(serviceId: string): Promise<Pick<ModuleContext, 'memory' | 'remember'>> {
  const { memory } = await db.service.findUniqueOrThrow({ where: { id: serviceId }, select: { memory: true } });
  return {
    memory: z.record(z.string(), z.unknown()).parse(memory),
    remember: async (key, value) => {
      await db.$executeRaw`UPDATE "Service" SET "memory" = "memory" || ${JSON.stringify({ [key]: value })}::jsonb WHERE "id" = ${serviceId}`;
    },
  };
}

/** One second more than the module's own signal, so that a well-behaved module can say what happened. */
async function withinLimit<T>(work: Promise<T>, seconds: number): Promise<T> {
  const timer: { id?: NodeJS.Timeout } = {};
  const overdue = new Promise<never>((_resolve, reject) => {
    timer.id = setTimeout(
      () =>
        reject(new ModuleError({ kind: 'timeout', words: `The call did not end within its limit of ${seconds} s.` })),
      (seconds + 1) * 1000,
    );
  });
  try {
    return await Promise.race([work, overdue]);
  } finally {
    clearTimeout(timer.id);
    // Whatever it ends with later, nobody listens any more.
    work.catch(() => undefined);
  }
}

function lastOf(exchanges: HttpExchange[]): Recorded['exchange'] {
  const last = exchanges.at(-1);
  if (!last) return { request: null, answer: null };
  const head = `${last.method} ${last.path}`;
  return {
    request: last.request ? `${head}\n\n${last.request}` : head,
    answer: last.status === undefined ? null : `${last.status}\n\n${last.answer ?? ''}`,
  };
}
