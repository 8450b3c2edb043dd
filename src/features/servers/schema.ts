import { z } from 'zod';
import { ServerStatus, ServerType } from '@/generated/prisma/enums';
import { idInput, pageFields, thingName } from '../lists/schema';

/** A host name or an address, as people and panels write it. What is dialled is decided by the module's own settings. */
const hostname = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?!-)[a-z0-9.-]+$/, 'Expected a host name such as node-1.example.com.');

const ipAddress = z.union([z.ipv4(), z.ipv6()], 'Expected an IPv4 or IPv6 address.');

/** Connection settings; the module's own schema judges them. */
const config = z.record(z.string().max(100), z.json());

/** Public keys that are trusted instead of the public authorities; none = the authorities decide. */
const pins = z.array(z.string().regex(/^[A-Za-z0-9+/]{43}=$/, 'Expected the base64 SHA-256 of a public key.')).max(5);

/** Why somebody did it: kept in the audit log. */
const reason = z.string().trim().min(3, 'Say why, in a few words: it is kept in the audit log.').max(500);

export const serverFilter = z.strictObject({
  ...pageFields,
  status: z.enum(ServerStatus).optional(),
  groupId: z.uuid().optional(),
  moduleSlug: z.string().max(100).optional(),
  /** Only servers without a free place, with a hold, or switched off. */
  state: z.enum(['full', 'held', 'disabled']).optional(),
  /** From A to Z, or most accounts first; without it the newest come first. */
  sort: z.enum(['name', 'accounts']).optional(),
  /** Archived servers are left out unless asked for. */
  archived: z.boolean().default(false),
});
export type ServerFilter = z.infer<typeof serverFilter>;

export const exportServersInput = serverFilter.omit({ cursor: true, limit: true, direction: true });
export type ExportServersInput = z.infer<typeof exportServersInput>;

const place = {
  name: thingName,
  hostname,
  ipAddress,
  type: z.enum(ServerType),
  /** null = no limit. */
  maxAccounts: z.number().int().min(0).max(1_000_000).nullable().default(null),
  groupId: z.uuid().nullable().default(null),
  groupPosition: z.number().int().min(0).max(10_000).default(0),
  maxParallel: z.number().int().min(1).max(64).optional(),
  tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
};

export const createServerInput = z.strictObject({
  ...place,
  moduleSlug: z.string().min(1).max(100),
  config,
  pins: pins.optional(),
  status: z.enum(ServerStatus).default('ACTIVE'),
});
export type CreateServerInput = z.infer<typeof createServerInput>;

/** All of a server's own fields; an empty secret in `config` keeps the stored one. The module never changes. */
export const updateServerInput = z.strictObject({
  ...idInput.shape,
  ...place,
  config,
  /** Left out = as it is. */
  pins: pins.optional(),
  /** Accepts a new address or login although our accounts were not found there. */
  overrideReason: reason.optional(),
});
export type UpdateServerInput = z.infer<typeof updateServerInput>;

export const maintenanceInput = idInput.extend({ on: z.boolean(), reason: reason.optional() });
export type MaintenanceInput = z.infer<typeof maintenanceInput>;

/** For acts that take a server out of work, or bring it back. */
export const serverReasonInput = idInput.extend({ reason });
export type ServerReasonInput = z.infer<typeof serverReasonInput>;

const part = z.enum(['all', 'network', 'panel']).default('all');
/** The reader's language for causes and cures. */
const language = z.enum(['en', 'tr']).default('en');

export const testConnectionInput = z.strictObject({
  moduleSlug: z.string().min(1).max(100),
  hostname: hostname.default('localhost'),
  ipAddress: ipAddress.default('127.0.0.1'),
  type: z.enum(ServerType).default('SHARED'),
  config,
  pins: pins.default([]),
  /** The server these values are for: its stored secrets stand in for empty ones, if the address is the same. */
  serverId: z.uuid().optional(),
  part,
  language,
});
export type TestConnectionInput = z.infer<typeof testConnectionInput>;

/** Besides the server's own names. */
export const loginHostsInput = z.strictObject({ ...idInput.shape, hosts: z.array(hostname).max(20) });
export type LoginHostsInput = z.infer<typeof loginHostsInput>;

export const testServerInput = idInput.extend({ part, language });
export type TestServerInput = z.infer<typeof testServerInput>;
export type TestPart = TestServerInput['part'];
