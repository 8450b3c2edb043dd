import type {
  AccountUsage,
  ModuleContext,
  ModuleServer,
  ModuleService,
  ServerInfo,
  UsageData,
} from '@/modules/sdk/contract';
import { isModuleError, ModuleError } from '@/modules/sdk/errors';
import type { Bandwidth, CpanelAccount, DiskUsage } from './answers';
import type { WhmClient } from './client';
import { cpanelConfig } from './config';
import { openWhm, userOf } from './operations';

/** What the work of this module needs, in WHM's own names. */
export const NEEDED_PRIVILEGES = [
  'create-acct',
  'list-accts',
  'suspend-acct',
  'kill-acct',
  'passwd',
  'upgrade-account',
  'show-bandwidth',
  'create-user-session',
  'viewglobalpackages',
  'basic-whm-functions',
  'basic-system-info',
] as const;

function missingIn(privileges: Record<string, unknown>): string[] {
  const has = (name: string) => Number(privileges[name] || 0) === 1;
  return has('all') ? [] : NEEDED_PRIVILEGES.filter((name) => !has(name));
}

/** A login that lacks the right to this, or a server too old for it: null. Other trouble stays trouble. */
async function ifAllowed<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (error) {
    const refused =
      isModuleError(error) && (error.kind === 'auth' || error.kind === 'policy' || error.outcome === 'refused');
    if (refused) return null;
    throw error;
  }
}

export async function testConnection(server: ModuleServer, ctx?: ModuleContext): Promise<true> {
  const whm = openWhm(server, ctx);
  const version = await whm.version();
  const missing = missingIn(await whm.privileges());
  ctx?.log.info('WHM answers', { version });
  if (missing.length === 0) return true;
  const words = `The login lacks these privileges in WHM: ${missing.join(', ')}.`;
  // Without seeing accounts nothing can be proven, and without making them nothing sold.
  if (missing.includes('list-accts') || missing.includes('create-acct')) {
    throw new ModuleError({ kind: 'auth', words: `${words} Give them to the reseller or its token, then test again.` });
  }
  ctx?.warn(words);
  return true;
}

export async function readServerInfo(server: ModuleServer, ctx?: ModuleContext): Promise<ServerInfo> {
  const whm = openWhm(server, ctx);
  const version = await whm.version();
  const missing = missingIn(await whm.privileges());
  const accountCount = await ifAllowed(whm.countAccounts());
  const load = await ifAllowed(whm.load());
  const hostname = await ifAllowed(whm.hostname());
  const most = await ifAllowed(whm.maximumUsers());
  return {
    version,
    accountCount,
    missing,
    ...(load === null ? {} : { load }),
    ...(hostname === null ? {} : { hostname }),
    ...(most === null || most <= 0 ? {} : { notes: [`The licence allows ${most} accounts.`] }),
  };
}

const KIB = 1024;
const MIB = 1024 * 1024;
/** What WHM writes for "no limit" where a number has to stand. */
const NO_LIMIT = 9.99e14;

/** null, 0, "unlimited" and the sentinel are no limit; what cannot be read was not measured. */
function limitOf(value: unknown, unit: number): number {
  if (value === undefined) return Number.NaN;
  const text = typeof value === 'string' ? value.trim() : JSON.stringify(value);
  if (value === null || /^(unlimited|0)$/i.test(text)) return Number.POSITIVE_INFINITY;
  const amount = Number.parseFloat(text);
  return amount >= NO_LIMIT ? Number.POSITIVE_INFINITY : amount * unit;
}

interface Disk {
  diskUsed: number;
  diskLimit: number;
}
const diskOf = ({ blocks_used: used, blocks_limit: limit }: DiskUsage): Disk => ({
  diskUsed: used === undefined ? Number.NaN : used * KIB,
  diskLimit: limitOf(limit, KIB),
});

const trafficOf = (traffic: Bandwidth | undefined) => ({
  bandwidthUsed: traffic?.totalbytes ?? Number.NaN,
  bandwidthLimit: traffic ? limitOf(traffic.limit, 1) : Number.NaN,
});

/** "14M" of the account list; "none" is written where nobody measured, as with quotas off. */
function diskOfList({ diskused: used, disklimit: limit }: Pick<CpanelAccount, 'diskused' | 'disklimit'>): Disk {
  return { diskUsed: Number.parseFloat(used ?? '') * MIB, diskLimit: limitOf(limit, MIB) };
}

const isOf = (user: string) => (row: { user: string }) => row.user.toLowerCase() === user.toLowerCase();
const alive = ({ deleted }: Bandwidth) => !deleted;

/** What is measured exactly is root's to ask: a reseller's two calls would become three. */
const mayMeasure = (server: ModuleServer) => cpanelConfig.parse(server.credentials).username === 'root';

interface Measured extends Disk {
  user: string;
  domain?: string | null | undefined;
}

/** Disk of all accounts in one call: measured, or where that is not possible from the list of accounts. */
async function disks(whm: WhmClient, exact: boolean): Promise<Measured[]> {
  const measured = exact ? await ifAllowed(whm.diskUsage()) : null;
  if (measured) return measured.map((row) => Object.assign(diskOf(row), { user: row.user }));
  return (await whm.listUsage()).map((row) => Object.assign(diskOfList(row), { user: row.user, domain: row.domain }));
}

export async function* listUsage(server: ModuleServer, ctx?: ModuleContext): AsyncIterable<AccountUsage> {
  const whm = openWhm(server, ctx);
  // Side by side: a slow panel is waited for once, not twice.
  const [measured, traffic] = await Promise.all([disks(whm, mayMeasure(server)), ifAllowed(whm.bandwidth())]);
  const trafficByUser = new Map((traffic ?? []).filter(alive).map((row) => [row.user, row]));
  for (const { user, domain, diskUsed, diskLimit } of measured) {
    const row = trafficByUser.get(user);
    const { bandwidthUsed, bandwidthLimit } = trafficOf(row);
    const account = { diskUsed, diskLimit, bandwidthUsed, bandwidthLimit, remoteId: user, username: user };
    const mainDomain = row?.maindomain || domain;
    yield mainDomain ? Object.assign(account, { domain: mainDomain }) : account;
  }
}

/** Disk of one account, measured or as the account itself shows it. */
async function diskOfOne(whm: WhmClient, user: string, exact: boolean): Promise<Disk> {
  const measured = exact ? (await ifAllowed(whm.diskUsage(user)))?.find(isOf(user)) : undefined;
  if (measured) return diskOf(measured);
  const found = await whm.accountSummary(user);
  if (!found) throw new ModuleError({ kind: 'not-found', words: `WHM does not list the account ${user}.` });
  return diskOfList(found.account);
}

export async function readUsage(service: ModuleService, server: ModuleServer, ctx?: ModuleContext): Promise<UsageData> {
  const whm = openWhm(server, ctx);
  const user = userOf(service);
  const disk = await diskOfOne(whm, user, mayMeasure(server));
  const traffic = (await ifAllowed(whm.bandwidth(user)))?.filter(alive).find(isOf(user));
  return { ...disk, ...trafficOf(traffic) };
}
