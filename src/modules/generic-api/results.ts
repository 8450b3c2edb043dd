import type { AccountUsage, CreateResult, RemoteAccount, UsageData } from '@/modules/sdk/contract';
import { ModuleError } from '@/modules/sdk/errors';
import type { AccountDefinition, ResultDefinition, UsageExpressions } from './definition-results';
import { holds, type Scope, take } from './expressions';

/** A text of the answer; numbers are ids as well. */
function text(expression: string | undefined, scope: Scope): string | undefined {
  const value = take(expression, scope);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function number(expression: string | undefined, scope: Scope): number | undefined {
  const value = take(expression, scope);
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : undefined;
}

function list(expression: string | undefined, scope: Scope): string[] | undefined {
  const value = take(expression, scope);
  if (!Array.isArray(value)) return undefined;
  return value.filter((entry): entry is string => typeof entry === 'string' && entry !== '').slice(0, 20);
}

/** Leaves out what an answer does not have. */
function known<T extends object>(parts: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  const entries = Object.entries(parts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]?: Exclude<T[K], undefined> }; // undefined was just taken out
}

function dataOf({ data }: ResultDefinition, scope: Scope): NonNullable<CreateResult['additionalData']> {
  const found = data.flatMap(({ name, value }): [string, string | number | boolean][] => {
    const taken = take(value, scope);
    return typeof taken === 'string' || typeof taken === 'number' || typeof taken === 'boolean' ? [[name, taken]] : [];
  });
  return Object.fromEntries(found);
}

function incomplete(what: string): ModuleError {
  return new ModuleError({
    kind: 'busy',
    words: `The panel answered without ${what}. The work may or may not have been done.`,
  });
}

/** What a create left. A "yes" without the account's id, where the definition says where it stands, is none. */
export function readResult(definition: ResultDefinition, scope: Scope, username: string | null): CreateResult {
  const found = {
    remoteId: text(definition.remoteId, scope),
    username: text(definition.username, scope),
    password: text(definition.password, scope),
    domain: text(definition.domain, scope),
    dedicatedIp: text(definition.dedicatedIp, scope),
    nameservers: list(definition.nameservers, scope),
  };
  if (definition.remoteId !== undefined && found.remoteId === undefined) throw incomplete('the id of the account');
  const remoteId = found.remoteId ?? found.username ?? username ?? undefined;
  if (remoteId === undefined) throw incomplete('a name of the account');
  return { ...known(found), remoteId, additionalData: dataOf(definition, scope) };
}

function timeOf(expression: string | undefined, scope: Scope): Date | undefined {
  const value = take(expression, scope);
  const date =
    value instanceof Date
      ? value
      : typeof value === 'string'
        ? new Date(/^\d{9,11}$/.test(value) ? Number(value) * 1000 : value)
        : typeof value === 'number'
          ? new Date(value < 1e11 ? value * 1000 : value)
          : null;
  return date && !Number.isNaN(date.getTime()) ? date : undefined;
}

function statusOf(definition: AccountDefinition, scope: Scope): RemoteAccount['status'] {
  for (const status of ['failed', 'building', 'suspended', 'active'] as const) {
    const expression = definition[status];
    if (expression !== undefined && holds(expression, scope)) return status;
  }
  return definition.active === undefined ? 'active' : 'unknown';
}

/** One account as an answer shows it. */
export function readAccount(definition: AccountDefinition, scope: Scope): RemoteAccount {
  const username = text(definition.username, scope);
  const remoteId = text(definition.remoteId, scope) ?? username;
  if (remoteId === undefined) throw incomplete('the id of the account');
  return {
    remoteId,
    status: statusOf(definition, scope),
    ...known({
      username,
      domain: text(definition.domain, scope),
      externalId: text(definition.externalId, scope),
      owner: text(definition.owner, scope),
      plan: text(definition.plan, scope),
      createdAt: timeOf(definition.createdAt, scope),
    }),
  };
}

const measured = (expression: string | undefined, scope: Scope) => number(expression, scope) ?? Number.NaN;

/** No expression or nothing in the answer: not measured. `null` where a limit stands: there is none. */
function limit(expression: string | undefined, scope: Scope): number {
  return take(expression, scope) === null ? Number.POSITIVE_INFINITY : measured(expression, scope);
}

export function readUsage(definition: UsageExpressions, scope: Scope): UsageData {
  return {
    diskUsed: measured(definition.diskUsed, scope),
    diskLimit: limit(definition.diskLimit, scope),
    bandwidthUsed: measured(definition.bandwidthUsed, scope),
    bandwidthLimit: limit(definition.bandwidthLimit, scope),
    ...known({ cpuPercent: number(definition.cpuPercent, scope) }),
    ...known({ memoryUsed: number(definition.memoryUsed, scope) }),
    ...(definition.memoryLimit === undefined ? {} : { memoryLimit: limit(definition.memoryLimit, scope) }),
  };
}

type Owner = Partial<Record<'remoteId' | 'username' | 'domain' | 'externalId', string | undefined>>;

export function readAccountUsage(owner: Owner, usage: UsageExpressions, scope: Scope): AccountUsage | null {
  const whose = known({
    remoteId: text(owner.remoteId, scope),
    username: text(owner.username, scope),
    domain: text(owner.domain, scope),
    externalId: text(owner.externalId, scope),
  });
  return Object.keys(whose).length === 0 ? null : { ...readUsage(usage, scope), ...whose };
}

export { number as readNumber, text as readText };
