import type { z } from 'zod';
import type { PanelHttp } from './http';

/** The kinds of panel a module can be for; also what a product of it is called in lists. */
export const MODULE_TYPES = ['hosting', 'vps', 'game', 'custom'] as const;
export type ModuleType = (typeof MODULE_TYPES)[number];

/** What a module is told of one service. Secrets are opened only for the call that needs them. */
export interface ModuleService {
  id: string;
  status: 'PENDING' | 'ACTIVE' | 'SUSPENDED' | 'TERMINATED' | 'FAILED' | 'CANCELLED';
  domain: string | null;
  username: string | null;
  password: string | null;
  /** The panel's own id of the remote account; null until the first create succeeded. */
  remoteId: string | null;
  dedicatedIp: string | null;
  additionalData: Record<string, unknown>;
  configOptions: { optionId: string; quantity: number }[];
  product: { id: string; name: string; moduleSettings: Record<string, unknown> };
  customer: { id: string; email: string; name: string; language: string };
}

/** What a module is told of one server: `credentials` is opened and parsed by the module's own `configSchema`. */
export interface ModuleServer<Config = unknown> {
  id: string;
  name: string;
  hostname: string;
  ipAddress: string;
  type: 'SHARED' | 'RESELLER' | 'VPS' | 'DEDICATED' | 'GAME';
  credentials: Config;
}

export interface ModuleLog {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
}

/** Everything a call may need beyond service and server. A module written to (service, server) alone works without it. */
export interface ModuleContext {
  /** The only way to dial: bound to this server's trust, limits and address policy. */
  http: PanelHttp;
  log: ModuleLog;
  /** Aborts when the operation's time limit is over or the program stops. */
  signal: AbortSignal;
  operationId: string | null;
  /** Same key = same wish: `<operationId>:<n>`, n grows only after a certain outcome. */
  idempotencyKey: string | null;
  /** Why staff asked for it (suspend, terminate); sent to the panel where it takes one. */
  reason: string | null;
  /** The true address of the person who pressed the button, for panels that bind a login to it. */
  clientAddress: string | null;
  /** A remark that staff should read although the call succeeded. */
  warn(text: string): void;
  /** Per service, not secret, kept between calls (a chosen vmid, "was running"). */
  memory: Readonly<Record<string, unknown>>;
  /** Commits at once, so that it survives a kill right after. */
  remember(key: string, value: string | number | boolean | null): Promise<void>;
}

/** What the panel answered to a create. Stored whole; a returned password wins over the one we derived. */
export interface CreateResult {
  /** The panel's own id; falls back to `username`. */
  remoteId?: string;
  username?: string;
  password?: string;
  domain?: string;
  dedicatedIp?: string;
  nameservers?: string[];
  /** Ports and the like; numbers and texts shown to customer and staff. */
  additionalData?: Record<string, string | number | boolean | null>;
}

export interface RemoteAccount {
  remoteId: string;
  username?: string;
  domain?: string;
  /** Our service id, where the panel stores one. */
  externalId?: string;
  owner?: string;
  createdAt?: Date;
  status: 'active' | 'suspended' | 'building' | 'failed' | 'unknown';
  plan?: string;
  /** Parts are missing: its create broke off half-way. Sending the create again makes what is missing and no twin. */
  unfinished?: boolean;
  /** What `persist` needs when this account is adopted after a lost answer. */
  result?: CreateResult;
}

/** Bytes and counts. Infinity = no limit, NaN = the panel does not measure this; never 0 for either. */
export interface UsageData {
  diskUsed: number;
  diskLimit: number;
  bandwidthUsed: number;
  bandwidthLimit: number;
  /** 0..100 of what was bought. */
  cpuPercent?: number;
  memoryUsed?: number;
  memoryLimit?: number;
}

export interface AccountUsage extends UsageData {
  remoteId?: string;
  username?: string;
  domain?: string;
  externalId?: string;
}

export interface ServerInfo {
  version: string | null;
  accountCount: number | null;
  /** 1-minute load, if the panel tells. */
  load?: number;
  /** Rights that the login lacks, in the panel's own names. */
  missing?: string[];
  /** The panel's own name of itself: becomes an allowed host for one-time links. */
  hostname?: string;
  /** Accounts that an operation here would exceed: free-form facts for the server page. */
  notes?: string[];
}

export interface PackageChoice {
  value: string;
  label: string;
  description?: string;
}

export interface PackageRef {
  moduleSettings: Record<string, unknown>;
  configOptions: { optionId: string; quantity: number }[];
}

export interface CustomAction {
  id: string;
  /** Key in the module's messages. */
  label: string;
  /** `task` is an operation; `link` goes the one-time-link way and is never stored. */
  kind: 'task' | 'link';
  audience: 'staff' | 'customer' | 'both';
  confirm?: boolean;
  input?: z.ZodType;
  states: ModuleService['status'][];
  /** May be repeated after an unknown outcome without looking first. */
  repeatable?: boolean;
  run(service: ModuleService, server: ModuleServer, input: unknown, ctx?: ModuleContext): Promise<boolean | string>;
}

/** A quantity that a customer can order and the module understands. */
export interface ModuleOption {
  optionId: string;
  /** Key in the module's messages. */
  label: string;
  unit: string;
  default: number;
  min: number;
  max?: number;
  step?: number;
}

/** What may be repeated after an answer was lost. */
export type DuplicatesPolicy = 'panel-refuses' | 'idempotency-key' | 'look-up-only' | 'none';
/** What proves that a remote account is ours. */
export type ProofPolicy = 'external-id' | 'name-domain-owner-time';

export interface UsernamePolicy {
  scope: 'account' | 'customer';
  minLength: number;
  maxLength: number;
  /** Names and prefixes the panel refuses. */
  reserved?: string[];
  reservedPrefixes?: string[];
}

export interface PasswordPolicy {
  length: number;
  /** Characters to draw from; at least one of each group is used. */
  groups: string[];
}

export type LimitedCall =
  | 'test'
  | 'create'
  | 'suspend'
  | 'unsuspend'
  | 'terminate'
  | 'changePassword'
  | 'changePackage'
  | 'lookUp'
  | 'usage'
  | 'sso'
  | 'action';

export interface ModulePolicies {
  username?: UsernamePolicy;
  password?: PasswordPolicy;
  duplicates: DuplicatesPolicy;
  proof: ProofPolicy;
  /** Seconds after a lost create until "not there" is believed. Default: the create limit. */
  settleSeconds?: number;
  /** Changing calls at one time on one panel. Default 4. */
  maxParallel?: number;
  /**
   * Whose limit `maxParallel` is. `server` (default): each server's own. `panel`: of everything behind one dialled
   * address, so that servers which are logins of the same panel share it.
   */
  parallelPer?: 'server' | 'panel';
  /** Seconds per call; the core's defaults where absent. */
  limits?: Partial<Record<LimitedCall, number>>;
  /** The customer must give a domain. Default: only for `hosting`. */
  needsDomain?: boolean;
}

/**
 * One kind of control panel. The first block is the specification's interface; a class, instance or object that has
 * only that, with (service, server) parameters, loads and works. Everything below it is optional.
 *
 * `true` = done. A failure is thrown as ModuleError because `false` cannot say why; a bare `false` counts as refused.
 */
export interface ServerModuleInterface {
  readonly name: string;
  readonly slug: string;
  readonly version: string;
  /** Connection settings of one server; secrets are marked with `.meta({ secret: true })`. */
  readonly configSchema: z.ZodType;
  testConnection(server: ModuleServer, ctx?: ModuleContext): Promise<boolean>;
  create(service: ModuleService, server: ModuleServer, ctx?: ModuleContext): Promise<CreateResult>;
  suspend(service: ModuleService, server: ModuleServer, ctx?: ModuleContext): Promise<boolean>;
  unsuspend(service: ModuleService, server: ModuleServer, ctx?: ModuleContext): Promise<boolean>;
  terminate(service: ModuleService, server: ModuleServer, ctx?: ModuleContext): Promise<boolean>;
  changePassword(
    service: ModuleService,
    server: ModuleServer,
    newPassword: string,
    ctx?: ModuleContext,
  ): Promise<boolean>;
  getUsage?(service: ModuleService, server: ModuleServer, ctx?: ModuleContext): Promise<UsageData>;
  getSSOUrl?(service: ModuleService, server: ModuleServer, ctx?: ModuleContext): Promise<string>;
  customActions?: CustomAction[];

  // Beyond the specification, all optional.
  readonly type?: ModuleType;
  /** One line for the module card. */
  readonly description?: string;
  /** Switches off what the interface forces a module to have. */
  readonly supports?: Partial<Record<'suspend' | 'unsuspend' | 'terminate' | 'changePassword', false>>;
  /** What a product sets: plan, game, template, limits. */
  readonly settingsSchema?: z.ZodType;
  readonly policies?: ModulePolicies;
  /** What an order may choose in quantities (`configOptions`), offered when a product is made. */
  readonly options?: readonly ModuleOption[];
  /** Titles, help and labels by language; keys: config, settings, options, actions, results. */
  readonly messages?: Readonly<Record<string, () => Promise<{ default: Record<string, unknown> }>>>;
  /** Where calls go: origin and path, from the settings alone. `ctx.http` is bound to it. */
  getEndpoint?(server: ModuleServer): string;
  /** Whose the accounts are that this server's login makes, where the panel tells owners: part of the proof. */
  getAccountOwner?(server: ModuleServer): string;
  /** null = not there now. Finds by remoteId, else by external id, else by user name. */
  getAccount?(service: ModuleService, server: ModuleServer, ctx?: ModuleContext): Promise<RemoteAccount | null>;
  listAccounts?(server: ModuleServer, ctx?: ModuleContext): AsyncIterable<RemoteAccount>;
  /** All accounts of a server in as few calls as the panel allows. */
  getServerUsage?(server: ModuleServer, ctx?: ModuleContext): AsyncIterable<AccountUsage>;
  changePackage?(
    service: ModuleService,
    server: ModuleServer,
    change: { from: PackageRef; to: PackageRef },
    ctx?: ModuleContext,
  ): Promise<boolean>;
  /** Goes on after ModulePending. */
  resume?(
    ref: string,
    service: ModuleService,
    server: ModuleServer,
    ctx?: ModuleContext,
  ): Promise<CreateResult | boolean>;
  listPackages?(server: ModuleServer, ctx?: ModuleContext): Promise<PackageChoice[]>;
  getServerInfo?(server: ModuleServer, ctx?: ModuleContext): Promise<ServerInfo>;
  /** A plain link where there is no one-time login; never a fall-back after a failed one. */
  getPanelUrl?(service: ModuleService, server: ModuleServer): string | null;
  getAdminSSOUrl?(server: ModuleServer, ctx?: ModuleContext): Promise<string>;
}
