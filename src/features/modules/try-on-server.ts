import { randomInt } from 'node:crypto';
import { callPanel } from '@/features/servers/call-panel';
import { type OpenServer, openServer } from '@/features/servers/server-access';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';
import { uuidv7 } from '@/lib/ids';
import { inTransaction } from '@/lib/transaction';
import { genericSlug } from '@/modules/generic-api/definition';
import { tryDefinition } from '@/modules/registry';
import type { LimitedCall, ModuleContext, ModuleService } from '@/modules/sdk/contract';
import { generatePassword } from '@/modules/sdk/passwords';
import type { TryDefinitionInput } from './schema';

/** One step of a try: what it was, how it ended, and the call that decided, redacted. */
export interface TriedStep {
  step: string;
  ok: boolean;
  /** What came of it, or what went wrong, in words. */
  words: string;
  request: string | null;
  answer: string | null;
}

const MOST_LISTED = 20;

/**
 * Tries a definition that may not be saved yet against a server of its module, with that server's address and secrets.
 * Reading changes nothing. `account` makes an account that belongs to no service, reads it back and removes it again; when
 * removing fails it says what is left. Every step is an answer, never a thrown error. Throws NOT_FOUND for a server of another module.
 */
export async function tryOnServer(ctx: Ctx, input: TryDefinitionInput): Promise<{ steps: TriedStep[] }> {
  const { definition, serverId, what } = input;
  const row = await db.server.findUnique({ where: { id: serverId }, include: { module: true } });
  if (!row || row.archivedAt || row.module.slug !== genericSlug(definition)) throw notFound('server of this module');
  const stored = await openServer(serverId);
  const open = { ...stored, module: await tryDefinition(definition) };
  const after = { what, name: definition.name };
  await inTransaction((tx) =>
    recordAudit(tx, ctx, { action: 'module.try-definition', targetType: 'Server', targetId: serverId, after }),
  );
  return { steps: what === 'account' ? await tryAccount(open, input) : [await tryReading(open, what)] };
}

type Doing = (ctx: ModuleContext) => Promise<unknown>;

async function doStep(
  open: OpenServer,
  step: string,
  call: LimitedCall,
  act: Doing,
  secrets: readonly string[] = [],
): Promise<TriedStep> {
  const answer = await callPanel(open, { call, secrets }, act);
  const { request, answer: text } = answer.exchange;
  const words = answer.ok ? inWords(answer.value) : answer.error.words;
  return { step, ok: answer.ok, words, request, answer: text };
}

function inWords(value: unknown): string {
  if (value === true || value === undefined) return '';
  return JSON.stringify(
    value,
    (_key, inner: unknown) => (typeof inner === 'bigint' ? inner.toString() : inner),
    2,
  ).slice(0, 4000);
}

async function firstOf(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  for await (const item of items) {
    found.push(item);
    if (found.length >= MOST_LISTED) break;
  }
  return found;
}

function tryReading(open: OpenServer, what: Exclude<TryDefinitionInput['what'], 'account'>): Promise<TriedStep> {
  const { module, server } = open;
  const reading: Record<typeof what, Doing | null> = {
    testConnection: (ctx) => module.testConnection(server, ctx),
    getServerInfo: module.getServerInfo ? (ctx) => Promise.resolve(module.getServerInfo?.(server, ctx)) : null,
    listAccounts: module.listAccounts ? (ctx) => firstOf(module.listAccounts?.(server, ctx) ?? nothing()) : null,
    getServerUsage: module.getServerUsage ? (ctx) => firstOf(module.getServerUsage?.(server, ctx) ?? nothing()) : null,
  };
  const act = reading[what];
  if (!act)
    throw new DomainError(
      'INVALID_STATE',
      'The definition does not have this operation. Nothing was sent. Add it first.',
    );
  return doStep(open, what, what === 'testConnection' ? 'test' : 'usage', act);
}

async function* nothing(): AsyncGenerator<never> {}

async function tryAccount(open: OpenServer, { productId }: TryDefinitionInput): Promise<TriedStep[]> {
  const { module, server } = open;
  const service = await throwaway(open, productId);
  const secrets = service.password === null ? [] : [service.password];
  const steps: TriedStep[] = [];
  const run = async (step: string, call: LimitedCall, act: Doing) => {
    const done = await doStep(open, step, call, act, secrets);
    steps.push(done);
    return done.ok;
  };
  const created = await run('create', 'create', async (ctx) => {
    const result = await module.create(service, server, ctx);
    Object.assign(service, { remoteId: result.remoteId ?? null, status: 'ACTIVE' });
    if (result.username !== undefined) service.username = result.username;
    const { password, ...shown } = result;
    return { ...shown, ...(password !== undefined && { password: 'set by the panel' }) };
  });
  const { getAccount } = module;
  if (getAccount) await run('getAccount', 'lookUp', (ctx) => getAccount.call(module, service, server, ctx));
  if (created && module.supports?.suspend !== false)
    await run('suspend', 'suspend', (ctx) => module.suspend(service, server, ctx));
  if (created && module.supports?.unsuspend !== false)
    await run('unsuspend', 'unsuspend', (ctx) => module.unsuspend(service, server, ctx));
  // Only what was certainly made by this try: an account that was there before must not be removed for us.
  if (created && module.supports?.terminate !== false)
    await run('terminate', 'terminate', (ctx) => module.terminate(service, server, ctx));
  const [first] = steps;
  if (first && !created)
    first.words += ` It may have been made all the same: look on the panel for ${service.username} and ${service.domain}.`;
  return steps;
}

/** A service that is stored nowhere, under a name that nobody else has. */
async function throwaway({ module }: OpenServer, productId: string | undefined): Promise<ModuleService> {
  const id = uuidv7();
  const letters = Array.from({ length: 8 }, () => String.fromCharCode(97 + randomInt(26))).join('');
  const product = productId ? await db.product.findUnique({ where: { id: productId } }) : null;
  if (productId && !product) throw notFound('product');
  return {
    id,
    status: 'PENDING',
    domain: `try-${letters}.example.com`,
    username: `try${letters.slice(0, 5)}`,
    password: module.policies?.password ? generatePassword(module.policies.password) : null,
    remoteId: null,
    dedicatedIp: null,
    additionalData: {},
    configOptions: (module.options ?? []).map((option) => ({ optionId: option.optionId, quantity: option.default })),
    product: {
      id: product?.id ?? id,
      name: product?.name ?? 'Try',
      moduleSettings: (product?.moduleSettings ?? {}) as Record<string, unknown>, // written by our own form as an object
    },
    customer: { id, email: 'try@example.com', name: 'Try', language: 'en' },
  };
}
