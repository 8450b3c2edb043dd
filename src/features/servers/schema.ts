import { z } from 'zod';
import { ServerStatus, ServerType } from '@/generated/prisma/enums';
import { pageFields, thingName } from '../lists/schema';

/** A host name or an address, as people and panels write it. What is dialled is decided by the module's own settings. */
const hostname = z
  .string()
  .trim()
  .toLowerCase()
  .max(253)
  .regex(/^(?!-)[a-z0-9.-]+$/, 'Expected a host name such as node-1.example.com.');

export const serverFilter = z.strictObject({
  ...pageFields,
  status: z.enum(ServerStatus).optional(),
  groupId: z.uuid().optional(),
  moduleSlug: z.string().max(100).optional(),
  /** Archived servers are left out unless asked for. */
  archived: z.boolean().default(false),
});
export type ServerFilter = z.infer<typeof serverFilter>;

export const createServerInput = z.strictObject({
  name: thingName,
  hostname,
  ipAddress: z.union([z.ipv4(), z.ipv6()], 'Expected an IPv4 or IPv6 address.'),
  type: z.enum(ServerType),
  moduleSlug: z.string().min(1).max(100),
  /** Connection settings; the module's own schema judges them. */
  config: z.record(z.string().max(100), z.json()),
  /** null = no limit. */
  maxAccounts: z.number().int().min(0).max(1_000_000).nullable().default(null),
  groupId: z.uuid().nullable().default(null),
  groupPosition: z.number().int().min(0).max(10_000).default(0),
  maxParallel: z.number().int().min(1).max(64).optional(),
  tags: z.array(z.string().trim().min(1).max(40)).max(20).default([]),
  status: z.enum(ServerStatus).default('ACTIVE'),
});
export type CreateServerInput = z.infer<typeof createServerInput>;
