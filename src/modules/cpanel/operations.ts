import type {
  CreateResult,
  ModuleContext,
  ModuleServer,
  ModuleService,
  PackageChoice,
  PackageRef,
  RemoteAccount,
} from '@/modules/sdk/contract';
import { isModuleError, ModuleError } from '@/modules/sdk/errors';
import { contextOf } from '@/modules/sdk/require-context';
import type { CpanelAccount, CpanelPackage, Created } from './answers';
import { type WhmClient, whmClient } from './client';
import { type CpanelConfig, type CpanelSettings, cpanelConfig, cpanelSettings } from './config';

const configOf = (server: ModuleServer): CpanelConfig => cpanelConfig.parse(server.credentials);

export function openWhm(server: ModuleServer, ctx: ModuleContext | undefined): WhmClient {
  return whmClient(contextOf(ctx), configOf(server));
}

export function endpointOf(server: ModuleServer): string {
  const { hostname, port, useSsl } = configOf(server);
  return `${useSsl ? 'https' : 'http'}://${hostname}:${port}`;
}

/** Nothing of it was sent. */
function unsent(kind: 'invalid-input' | 'unsupported', words: string, field?: string): ModuleError {
  return new ModuleError({ kind, outcome: 'not-done', words: `${words} Nothing was sent.`, field });
}

/** cPanel knows an account by its user name and by nothing else. */
export function userOf(service: ModuleService): string {
  const known = service.remoteId ?? service.username;
  if (known) return known;
  throw unsent('unsupported', 'This service has no cPanel account yet: its create has not succeeded. Retry it first.');
}

function settingsOf(moduleSettings: Record<string, unknown>): CpanelSettings {
  const parsed = cpanelSettings.safeParse(moduleSettings);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') || 'plan';
  throw unsent(
    'invalid-input',
    `The product's setting "${field}" cannot be used: ${issue?.message ?? 'it is missing'}. Correct the product.`,
    `product.moduleSettings.${field}`,
  );
}

/** Names of a reseller's own packages begin with their owner's; products may name them without. */
const isPlan = (shown: string, wanted: string, owner: string) => shown === wanted || shown === `${owner}_${wanted}`;

async function withPlan<T>(config: CpanelConfig, plan: string, work: (plan: string) => Promise<T>): Promise<T> {
  try {
    return await work(plan);
  } catch (error) {
    const missing =
      isModuleError(error) && error.outcome === 'refused' && error.field === 'product.moduleSettings.plan';
    if (!missing || config.username === 'root' || plan.startsWith(`${config.username}_`)) throw error;
    return work(`${config.username}_${plan}`);
  }
}

function nameserversOf(created: Created): string[] {
  const { nameserver, nameserver2, nameserver3, nameserver4 } = created;
  return [nameserver, nameserver2, nameserver3, nameserver4].flatMap((name) => name || []);
}

/** Remembered while a create has no good answer: only that names the name servers. */
const UNANSWERED = 'createUnanswered';

export async function createAccount(
  service: ModuleService,
  server: ModuleServer,
  ctx?: ModuleContext,
): Promise<CreateResult> {
  const { username, domain, password, customer } = service;
  if (!username) throw unsent('unsupported', 'This service has no user name yet.', 'username');
  if (!domain) throw unsent('invalid-input', 'A cPanel account needs a domain, and the order names none.', 'domain');
  const config = configOf(server);
  const settings = settingsOf(service.product.moduleSettings);
  const { ip, shell, contactEmail = customer.email } = settings;
  const dedicatedIp = ip === 'dedicated';
  const whm = openWhm(server, ctx);
  await ctx?.remember(UNANSWERED, true);
  const created = await withPlan(config, settings.plan, (plan) =>
    whm.createAccount({ username, domain, password, plan, contactEmail, dedicatedIp, shell }),
  );
  await ctx?.remember(UNANSWERED, false);
  const given = created.package;
  if (given && !isPlan(given, settings.plan, config.username)) {
    // Some versions take the usual package for one that they do not know under this name.
    const mended = await withPlan(config, settings.plan, (plan) => whm.changePackage(username, plan)).catch(
      () => false,
    );
    if (!mended)
      ctx?.warn(
        `WHM gave the account the package "${given}" instead of "${settings.plan}". Does that package exist there?`,
      );
  }
  const nameservers = nameserversOf(created);
  return resultOf({ username, domain, ip: created.ip, dedicatedIp, nameservers }, server);
}

interface Made {
  username: string;
  domain: string | null | undefined;
  ip: string | null | undefined;
  dedicatedIp: boolean;
  nameservers: string[];
}

function resultOf({ username, domain, ip, dedicatedIp, nameservers }: Made, server: ModuleServer): CreateResult {
  const addressOfItsOwn = ip && !dedicatedIp && ip !== server.ipAddress;
  return {
    remoteId: username,
    username,
    ...(domain ? { domain } : {}),
    ...(ip && dedicatedIp ? { dedicatedIp: ip } : {}),
    ...(nameservers.length > 0 ? { nameservers } : {}),
    additionalData: addressOfItsOwn ? { ip } : {},
  };
}

interface Shown {
  server: ModuleServer;
  dedicatedIp?: boolean;
  nameservers?: string[];
}

function accountOf(account: CpanelAccount, clockAheadMs: number, shown: Shown): RemoteAccount {
  const { user, domain, owner, plan, suspended, ip, unix_startdate: startedAt } = account;
  const { server, dedicatedIp = false, nameservers = [] } = shown;
  const status = suspended == null ? 'unknown' : suspended ? 'suspended' : 'active';
  return {
    remoteId: user,
    username: user,
    ...(domain ? { domain } : {}),
    ...(owner ? { owner } : {}),
    ...(plan ? { plan } : {}),
    // By our clock, not by the panel's.
    ...(startedAt ? { createdAt: new Date(startedAt * 1000 - clockAheadMs) } : {}),
    status,
    result: resultOf({ username: user, domain, ip, dedicatedIp, nameservers }, server),
  };
}

type Sighting = Awaited<ReturnType<WhmClient['accountSummary']>>;

async function unlessMissing(look: Promise<Sighting>): Promise<Sighting> {
  try {
    return await look;
  } catch (error) {
    if (isModuleError(error) && error.kind === 'not-found') return null;
    throw error;
  }
}

export async function findAccount(
  service: ModuleService,
  server: ModuleServer,
  ctx?: ModuleContext,
): Promise<RemoteAccount | null> {
  const dedicatedIp = cpanelSettings.safeParse(service.product.moduleSettings).data?.ip === 'dedicated';
  const whm = openWhm(server, ctx);
  const byName = await unlessMissing(whm.accountSummary(userOf(service)));
  // In WHM an account may be given another user name. It is not gone then, and must not be taken for gone.
  const mayBeRenamed = !byName && service.remoteId !== null && service.domain !== null;
  const found = mayBeRenamed ? await unlessMissing(whm.accountOfDomain(service.domain ?? '')) : byName;
  if (!found) return null;
  // Whoever adopts this account never saw the answer that named them.
  const nameservers = ctx?.memory[UNANSWERED] === true ? await whm.nameservers().catch(() => []) : [];
  return accountOf(found.account, found.clockAheadMs, { server, dedicatedIp, nameservers });
}

export async function removeAccount(service: ModuleService, server: ModuleServer, ctx?: ModuleContext): Promise<true> {
  const whm = openWhm(server, ctx);
  const user = userOf(service);
  await whm.remove(user);
  // A removal can leave the domain behind, and WHM then refuses it to every later account. It is removed all the same.
  const owner = service.domain === null ? null : await whm.domainOwner(service.domain).catch(() => null);
  if (owner && owner.toLowerCase() === user.toLowerCase()) {
    ctx?.warn(
      `The account is removed, but WHM has data of the domain ${service.domain} left, so it will refuse that domain to a new account. Remove what is left in WHM.`,
    );
  }
  return true;
}

export async function* listAccounts(server: ModuleServer, ctx?: ModuleContext): AsyncIterable<RemoteAccount> {
  for await (const { account, clockAheadMs } of openWhm(server, ctx).listAccounts())
    yield accountOf(account, clockAheadMs, { server });
}

export async function changePackage(
  service: ModuleService,
  server: ModuleServer,
  { from, to }: { from: PackageRef; to: PackageRef },
  ctx?: ModuleContext,
): Promise<true> {
  const wanted = settingsOf(to.moduleSettings);
  const before = cpanelSettings.safeParse(from.moduleSettings).data;
  const user = userOf(service);
  const whm = openWhm(server, ctx);
  await withPlan(configOf(server), wanted.plan, (plan) => whm.changePackage(user, plan));
  const kept = (['ip', 'shell'] as const).filter((field) => before && before[field] !== wanted[field]);
  if (kept.length > 0) {
    ctx?.warn(`The package was changed; ${kept.join(' and ')} of the account stay as they were. Change them in WHM.`);
  }
  return true;
}

/** Signs instead of words: nobody translates what a panel lists. */
const sizeWords = (value: CpanelPackage['QUOTA']) =>
  value == null ? '?' : /^\d+$/.test(String(value)) && Number(value) > 0 ? `${value} MB` : '∞';

export async function listPackages(server: ModuleServer, ctx?: ModuleContext): Promise<PackageChoice[]> {
  return (await openWhm(server, ctx).listPackages()).map(({ name, QUOTA, BWLIMIT }) => ({
    value: name,
    label: name,
    description: `Disk ${sizeWords(QUOTA)} · ⇄ ${sizeWords(BWLIMIT)}`,
  }));
}
