import { z } from 'zod';
import { requireModule } from '@/features/modules/require-module';
import type { Server } from '@/generated/prisma/client';
import { unseal } from '@/lib/crypto';
import { db } from '@/lib/db';
import { DomainError } from '@/lib/errors';
import type { ModulePolicies, ModuleServer, ServerModuleInterface } from '@/modules/sdk/contract';
import { secretValues } from '@/modules/sdk/fields';
import type { TlsTrust } from '@/modules/sdk/tls-trust';

/** A server with its settings opened, for the length of one piece of work. Never stored, logged or answered. */
export interface OpenServer {
  record: Server;
  module: ServerModuleInterface;
  /** Of a generic module: the version of its definition. */
  definitionVersion: number | null;
  server: ModuleServer;
  trust: TlsTrust | undefined;
  /** Everything that must not appear in any word, record or log line. */
  secrets: string[];
}

export const storedCredentials = z.object({ sealed: z.string(), open: z.record(z.string(), z.unknown()) });
const storedTrust = z.object({ pins: z.array(z.string()).optional(), ca: z.string().optional() });

export function credentialsPlace(serverId: string) {
  return { table: 'Server', id: serverId, column: 'credentials' };
}

/**
 * Opens a server's settings; UNAVAILABLE when they cannot be opened or no longer fit their module. `version`: of a generic
 * module, where work has to go on with the definition it began with.
 */
export async function openServer(serverId: string, version: number | null = null): Promise<OpenServer> {
  const { module: stored, ...record } = await db.server.findUniqueOrThrow({
    where: { id: serverId },
    include: { module: true },
  });
  const module = await requireModule(stored.slug, version);
  const { sealed } = storedCredentials.parse(record.credentials);
  const parsed = module.configSchema.safeParse(JSON.parse(await unseal(sealed, credentialsPlace(serverId))));
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? '';
    throw new DomainError(
      'UNAVAILABLE',
      `The connection settings of "${record.name}" do not fit the module ${module.name} any more (${field}). Open the server and save them again.`,
    );
  }
  return {
    record,
    module,
    definitionVersion: stored.definitionVersion === null ? null : (version ?? stored.definitionVersion),
    server: {
      id: record.id,
      name: record.name,
      hostname: record.hostname,
      ipAddress: record.ipAddress,
      type: record.type,
      credentials: parsed.data,
    },
    trust: trustOf(record.tlsTrust),
    secrets: secretValues(module.configSchema, parsed.data),
  };
}

/** The trust stored with a server; undefined = the public authorities decide. */
export function trustOf(stored: unknown): TlsTrust | undefined {
  const { data } = storedTrust.safeParse(stored);
  if (!data) return undefined;
  return { ...(data.pins && { pins: data.pins }), ...(data.ca !== undefined && { ca: data.ca }) };
}

/** What a module gets that says nothing about its policies: nothing may be repeated, nothing can be proven. */
const CAUTIOUS: ModulePolicies = { duplicates: 'none', proof: 'name-domain-owner-time' };

export function policiesOf(module: ServerModuleInterface): ModulePolicies {
  return module.policies ?? CAUTIOUS;
}
