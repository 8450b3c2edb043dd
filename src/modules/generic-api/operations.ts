import type {
  AccountUsage,
  CreateResult,
  ModuleContext,
  ModuleServer,
  ModuleService,
  RemoteAccount,
  ServerInfo,
  UsageData,
} from '@/modules/sdk/contract';
import { ModuleError } from '@/modules/sdk/errors';
import { contextOf } from '@/modules/sdk/require-context';
import type { Definition } from './definition';
import type { CallDefinition } from './definition-calls';
import type { GetAccountOperation, ListDefinition } from './definition-results';
import { decide, find, holds, type Scope, take, takeList } from './expressions';
import { readPending } from './pending';
import { readAccount, readAccountUsage, readNumber, readResult, readText, readUsage } from './results';
import { resumeCalls } from './resume';
import { type Outcome, runCalls, scopeOf, type Work } from './run-calls';
import { type GenericSchemas, makeSchemas } from './schemas';
import { makeScopes, type Subject } from './scope';

export interface Generic {
  definition: Definition;
  schemas: GenericSchemas;
}

export function openGeneric(definition: Definition): Generic {
  return { definition, schemas: makeSchemas(definition) };
}

type Extra = Omit<Subject, 'server' | 'ctx'> & Pick<Work, 'reads' | 'secretAnswer'>;

/** Everything that the calls of one operation need: filled once, when it begins. */
export function startWork(
  generic: Generic,
  server: ModuleServer,
  given: ModuleContext | undefined,
  extra: Extra,
): Work {
  const ctx = contextOf(given);
  const { reads, secretAnswer, ...subject } = extra;
  const { definition, schemas } = generic;
  return {
    definition,
    config: schemas.config.parse(server.credentials),
    scopes: makeScopes(definition, schemas, { ...subject, server, ctx }),
    ctx,
    ...(reads && { reads }),
    ...(secretAnswer && { secretAnswer }),
  };
}

export async function create(
  generic: Generic,
  service: ModuleService,
  server: ModuleServer,
  ctx?: ModuleContext,
): Promise<CreateResult> {
  const { calls, result } = generic.definition.operations.create;
  // Where the panel makes up a password, the answer that holds it is not recorded.
  const work = startWork(generic, server, ctx, { service, secretAnswer: result.password !== undefined });
  const outcome = await runCalls(work, calls, 'create');
  return readResult(result, scopeOf(work, outcome), service.username);
}

/** The calls of an operation by the name under which waiting work was stored. */
function callsOf({ operations, actions }: Definition, name: string): readonly CallDefinition[] {
  if (name.startsWith('action:')) return actions.find(({ id }) => `action:${id}` === name)?.calls ?? [];
  if (!Object.hasOwn(operations, name)) return [];
  return operations[name as keyof Definition['operations']]?.calls ?? []; // an own key of it, as was just asked
}

export async function resume(
  generic: Generic,
  ref: string,
  service: ModuleService,
  server: ModuleServer,
  ctx?: ModuleContext,
): Promise<CreateResult | boolean> {
  const { operation } = readPending(ref);
  const work = startWork(generic, server, ctx, { service });
  const outcome = await resumeCalls(work, callsOf(generic.definition, operation), ref);
  if (operation !== 'create') return true;
  return readResult(generic.definition.operations.create.result, scopeOf(work, outcome), service.username);
}

export async function findAccount(
  generic: Generic,
  operation: GetAccountOperation,
  service: ModuleService,
  server: ModuleServer,
  ctx?: ModuleContext,
): Promise<RemoteAccount | null> {
  const work = startWork(generic, server, ctx, { service, reads: true });
  const outcome = await runCalls(work, operation.calls, 'getAccount').catch((error: unknown) => {
    if (error instanceof ModuleError && error.kind === 'not-found') return null;
    throw error;
  });
  if (outcome === null) return null;
  const scope = scopeOf(work, outcome);
  if (operation.there !== undefined && !decide(operation.there, scope)) return null;
  const item = operation.item === undefined ? scope.body : find(operation.item, scope);
  if (item === null) return null;
  const inside = { ...scope, item };
  return {
    ...readAccount(operation.account, inside),
    ...(operation.complete !== undefined && !holds(operation.complete, inside) && { unfinished: true }),
    ...(operation.result && { result: readResult(operation.result, inside, service.username) }),
  };
}

const MOST_PAGES = 1000;

/** Every entry of a list, page by page, as the scope its expressions see. */
async function* readList(work: Work, calls: readonly CallDefinition[], list: ListDefinition): AsyncIterable<Scope> {
  let cursor: unknown = '';
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const begin: Outcome = { scope: { page, cursor }, kept: {} };
    const outcome = await runCalls(work, calls, 'list', { first: 0, outcome: begin });
    const scope = scopeOf(work, outcome);
    for (const item of takeList(list.items, scope)) yield { ...scope, item };
    const next = take(list.cursor, scope);
    const more = list.more === undefined ? list.cursor !== undefined : holds(list.more, scope);
    const same = list.cursor !== undefined && (next === undefined || next === null || next === '' || next === cursor);
    if (!more || same) return;
    cursor = next;
  }
  throw new ModuleError({ kind: 'busy', words: `The list does not end after ${MOST_PAGES} pages.` });
}

export async function* listAccounts(
  generic: Generic,
  server: ModuleServer,
  ctx?: ModuleContext,
): AsyncIterable<RemoteAccount> {
  const operation = generic.definition.operations.listAccounts;
  if (!operation) return;
  const work = startWork(generic, server, ctx, { reads: true });
  for await (const scope of readList(work, operation.calls, operation.list))
    yield readAccount(operation.account, scope);
}

export async function* listUsage(
  generic: Generic,
  server: ModuleServer,
  ctx?: ModuleContext,
): AsyncIterable<AccountUsage> {
  const operation = generic.definition.operations.getServerUsage;
  if (!operation) return;
  const work = startWork(generic, server, ctx, { reads: true });
  for await (const scope of readList(work, operation.calls, operation.list)) {
    const usage = readAccountUsage(operation.account, operation.usage, scope);
    if (usage) yield usage;
  }
}

export async function measure(
  generic: Generic,
  service: ModuleService,
  server: ModuleServer,
  ctx?: ModuleContext,
): Promise<UsageData> {
  const operation = generic.definition.operations.getUsage;
  if (!operation) throw unsupported('measure an account');
  const work = startWork(generic, server, ctx, { service, reads: true });
  const scope = scopeOf(work, await runCalls(work, operation.calls, 'getUsage'));
  const item = operation.item === undefined ? scope.body : find(operation.item, scope);
  return readUsage(operation.usage, { ...scope, item });
}

export async function readServerInfo(generic: Generic, server: ModuleServer, ctx?: ModuleContext): Promise<ServerInfo> {
  const operation = generic.definition.operations.getServerInfo;
  if (!operation) throw unsupported('tell about the server');
  const work = startWork(generic, server, ctx, { reads: true });
  const scope = scopeOf(work, await runCalls(work, operation.calls, 'getServerInfo'));
  const load = readNumber(operation.load, scope);
  return {
    version: readText(operation.version, scope) ?? null,
    accountCount: readNumber(operation.accountCount, scope) ?? null,
    ...(load !== undefined && { load }),
  };
}

/** A one-time link. Whether its host may be followed is the core's to judge. */
export async function askLink(
  work: Work,
  calls: readonly CallDefinition[],
  url: string,
  name: string,
): Promise<string> {
  const scope = scopeOf(work, await runCalls(work, calls, name));
  const link = take(url, scope);
  if (typeof link === 'string' && /^https?:\/\//i.test(link)) return link;
  throw new ModuleError({ kind: 'busy', words: 'The panel answered without a link that can be opened.' });
}

export function unsupported(what: string): ModuleError {
  return new ModuleError({
    kind: 'unsupported',
    outcome: 'not-done',
    words: `This definition has no operation to ${what}. Nothing was sent.`,
  });
}
