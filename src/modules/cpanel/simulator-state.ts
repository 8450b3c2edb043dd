import { randomBytes } from 'node:crypto';
import type { SimulatedAccount } from '@/modules/sdk/simulator-definition';

export interface HostedAccount {
  user: string;
  domain: string;
  email: string;
  owner: string;
  plan: string;
  ip: string;
  suspended: boolean;
  suspendReason: string;
  suspendedAt: number;
  /** Suspended by root in such a way that only root lifts it. */
  locked: boolean;
  /** Unix seconds by the panel's clock. */
  startedAt: number;
  password: string | null;
  shell: boolean;
  /** What its invented figures of use depend on. */
  seed: number;
}

export interface HostingPackage {
  name: string;
  /** MB, or "unlimited". */
  QUOTA: string;
  BWLIMIT: string;
}

/** How this server speaks: every difference was seen on a real one. */
export interface Dialect {
  /** Numbers as texts, `null` instead of an empty list, `text/plain` without a charset. */
  old: boolean;
  /** Refusals carry `API failure: (XID ...)` and the place in the program. */
  noisy: boolean;
  /** Answers in the form of API 0 although API 1 was asked for. */
  legacy: boolean;
  /** Ignores `api.chunk.*`. */
  chunkless: boolean;
  /** Refuses logins with status 200. */
  politelyDenying: boolean;
  /** Knows nothing of what accounts hold. */
  quotaless: boolean;
}

export interface CpanelState {
  dialect: Dialect;
  /** A web page instead of every answer. */
  page: 'frame' | 'login' | 'licence' | null;
  login: { user: string; token: string };
  /** Privileges of a reseller; root has all. */
  privileges: string[];
  packages: HostingPackage[];
  /** null = as many as you like. */
  maxAccounts: number | null;
  freeAddresses: number;
  nextNumber: number;
  /** How a create ends on a full disk: with the panel's words, or with status 500. */
  diskFull: 'words' | 'status' | null;
  /** How far this panel's clock is ahead. */
  clockAheadSeconds: number;
  accounts: HostedAccount[];
  /** What half-removed accounts left behind. */
  leftoverGroups: string[];
  leftoverDomains: string[];
  /** Sessions that were not opened yet: key -> who and where. */
  sessions: Record<string, { user: string; service: string; expires: number }>;
}

const ALL_PRIVILEGES =
  'create-acct list-accts suspend-acct kill-acct passwd upgrade-account edit-account show-bandwidth create-user-session viewglobalpackages basic-whm-functions basic-system-info ns-config';
const TOKEN_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';

/** A fresh panel of root with two packages; parts of it may be chosen. */
export function cpanelState(
  parts: Partial<Omit<CpanelState, 'dialect'>> & { dialect?: Partial<Dialect> } = {},
): CpanelState {
  const token = [...randomBytes(32)].map((byte) => TOKEN_CHARACTERS.charAt(byte % TOKEN_CHARACTERS.length)).join('');
  const { dialect, ...rest } = parts;
  return {
    dialect: {
      old: false,
      noisy: false,
      legacy: false,
      chunkless: false,
      politelyDenying: false,
      quotaless: false,
      ...dialect,
    },
    page: null,
    login: { user: 'root', token },
    privileges: ALL_PRIVILEGES.split(' '),
    packages: [
      { name: 'starter', QUOTA: '1000', BWLIMIT: '10000' },
      { name: 'business', QUOTA: '20000', BWLIMIT: 'unlimited' },
    ],
    maxAccounts: null,
    freeAddresses: 5,
    nextNumber: 1,
    diskFull: null,
    clockAheadSeconds: 0,
    accounts: [],
    leftoverGroups: [],
    leftoverDomains: [],
    sessions: {},
    ...rest,
  };
}

export const SHARED_ADDRESS = '203.0.113.20';

/** The panel's own idea of now, in unix seconds. */
export function panelNow(state: CpanelState): number {
  return Math.floor(Date.now() / 1000) + state.clockAheadSeconds;
}

export function addAccount(
  state: CpanelState,
  wanted: Pick<HostedAccount, 'user' | 'domain'> & Partial<HostedAccount>,
): HostedAccount {
  const seed = state.nextNumber;
  state.nextNumber += 1;
  const account: HostedAccount = {
    email: `owner@${wanted.domain}`,
    owner: state.login.user,
    plan: state.packages[0]?.name ?? 'default',
    ip: SHARED_ADDRESS,
    suspended: false,
    suspendReason: 'not suspended',
    suspendedAt: 0,
    locked: false,
    startedAt: panelNow(state),
    password: null,
    shell: false,
    seed,
    ...wanted,
  };
  state.accounts.push(account);
  return account;
}

/** A number of this panel's own that no user name has yet. */
export function freeName(state: CpanelState): string {
  return `site${String(state.nextNumber).padStart(4, '0')}`;
}

export function shownAccount(account: HostedAccount): SimulatedAccount {
  const { user, domain, owner, startedAt, suspended } = account;
  return {
    id: user,
    externalId: null,
    username: user,
    domain,
    status: suspended ? 'suspended' : 'active',
    owner,
    createdAt: new Date(startedAt * 1000).toISOString(),
  };
}

const DAYS = 31;
const packageOf = (state: CpanelState, account: HostedAccount) =>
  state.packages.find(({ name }) => name === account.plan) ?? {
    name: account.plan,
    QUOTA: 'unlimited',
    BWLIMIT: 'unlimited',
  };
const amount = (limit: string) => (limit === 'unlimited' ? null : Number(limit));

/** Invented but steady: it depends on the account alone. KiB of disk, bytes of traffic; null = no limit. */
export function figuresOf(state: CpanelState, account: HostedAccount) {
  const { QUOTA, BWLIMIT } = packageOf(state, account);
  const quota = amount(QUOTA);
  const traffic = amount(BWLIMIT);
  const megabytes = 14 + ((account.seed * 37) % 600);
  return {
    diskKib: megabytes * 1024,
    diskLimitKib: quota === null ? null : quota * 1024,
    inodes: account.seed * DAYS,
    traffic: account.seed * 731 * 1024,
    trafficLimit: traffic === null ? null : traffic * 1024 * 1024,
  };
}
