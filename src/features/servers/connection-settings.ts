import { z } from 'zod';
import type { Server } from '@/generated/prisma/client';
import { seal, unseal } from '@/lib/crypto';
import { badInput, DomainError } from '@/lib/errors';
import { getModule } from '@/modules/registry';
import type { ModuleServer, ServerModuleInterface } from '@/modules/sdk/contract';
import { openFields, secretPaths } from '@/modules/sdk/fields';
import { credentialsPlace, storedCredentials } from './server-access';

const jsonObject = z.record(z.string(), z.json());
/** Connection settings as somebody typed them; what the module makes of them is made again at each use. */
export type Settings = z.infer<typeof jsonObject>;

/** Settings that their module accepts. */
export interface Judged {
  module: ServerModuleInterface;
  typed: Settings;
  parsed: unknown;
}

/** Throws BAD_INPUT with the issues on `config.<field>` when the module does not accept these settings. */
export async function judgeSettings(slug: string, typed: Settings): Promise<Judged> {
  const module = await getModule(slug);
  if (!module)
    throw badInput(['moduleSlug'], `This installation has no module "${slug}". Choose one of the list of modules.`);
  const parsed = module.configSchema.safeParse(typed);
  if (parsed.success) return { module, typed, parsed: parsed.data };
  const issues = parsed.error.issues.map(({ path, message }) => ({ path: ['config', ...path.map(asStep)], message }));
  throw new DomainError(
    'BAD_INPUT',
    `The connection settings are not complete: ${issues[0]?.message ?? 'look at each field'}`,
    issues,
  );
}

const asStep = (part: PropertyKey) => (typeof part === 'symbol' ? String(part) : part);

/** As they are stored: sealed whole for this row, and beside it what is no secret. */
export async function sealSettings(serverId: string, { module, typed, parsed }: Judged) {
  const sealed = await seal(JSON.stringify(typed), credentialsPlace(serverId));
  return { sealed, open: readableSettings(module, parsed) };
}

export function readableSettings(module: ServerModuleInterface, parsed: unknown): Settings {
  return jsonObject.parse(openFields(module.configSchema, jsonObject.parse(JSON.parse(JSON.stringify(parsed)))));
}

/** The settings a server is stored with, opened. */
export async function openStoredSettings(server: Pick<Server, 'id' | 'credentials'>): Promise<Settings> {
  const { sealed } = storedCredentials.parse(server.credentials);
  return jsonObject.parse(JSON.parse(await unseal(sealed, credentialsPlace(server.id))));
}

/** Paths of secrets that are stored and may be kept by leaving them empty. Those inside lists have no lasting place. */
export function keepableSecrets(module: ServerModuleInterface, stored: Settings): string[] {
  return secretPaths(module.configSchema).filter((path) => !path.includes('*') && textAt(stored, path) !== null);
}

/** Puts stored secrets where an empty one was sent; `kept` = the paths that were filled. */
export function keepSecrets(module: ServerModuleInterface, typed: Settings, stored: Settings) {
  const kept = keepableSecrets(module, stored).filter((path) => textAt(typed, path) === '');
  let settings = typed;
  for (const path of kept) settings = withText(settings, path.split('.'), textAt(stored, path) ?? '');
  return { settings, kept };
}

/** Throws BAD_INPUT on every secret that would follow to a host it was not given for. */
export function refuseKept(kept: readonly string[]): void {
  if (kept.length === 0) return;
  const message = 'The address changed, so the stored secret is not sent there. Enter it again.';
  throw new DomainError(
    'BAD_INPUT',
    message,
    kept.map((path) => ({ path: ['config', ...path.split('.')], message })),
  );
}

function textAt(settings: Settings, path: string): string | null {
  const found = path
    .split('.')
    .reduce<unknown>((at, key) => (typeof at === 'object' && at !== null ? Reflect.get(at, key) : undefined), settings);
  return typeof found === 'string' ? found : null;
}

function withText(settings: Settings, [head = '', ...rest]: string[], text: string): Settings {
  const inside = jsonObject.safeParse(settings[head]);
  return { ...settings, [head]: rest.length && inside.success ? withText(inside.data, rest, text) : text };
}

type Dialled = Pick<ModuleServer, 'hostname' | 'ipAddress'> & { parsed: unknown };

/** Scheme, host and port that a module dials; null when it does not say. */
export function originOf(module: ServerModuleInterface, server: ModuleServer): string | null {
  const address = addressOf(module, server);
  return address && URL.canParse(address) ? new URL(address).origin : null;
}

/** The whole address that a module dials; null when it does not say. */
export function addressOf(module: ServerModuleInterface, server: ModuleServer): string | null {
  try {
    return module.getEndpoint?.(server) ?? null;
  } catch {
    return null;
  }
}

/** A server that is described but need not exist: enough for a module to say where it would dial. */
export function describeServer(
  parts: Dialled & { id?: string; name?: string; type?: ModuleServer['type'] },
): ModuleServer {
  const { id = '', name = '', hostname, ipAddress, type = 'SHARED', parsed } = parts;
  return { id, name, hostname, ipAddress, type, credentials: parsed };
}

/**
 * What a change of settings means. `elsewhere`: another host would be dialled, so a stored secret may not follow.
 * `anotherPanel`: host, port, node or login differ, so the accounts we know may not be there. A module that does not
 * say where it dials may do so from any of its readable settings and from the server's own address.
 */
export function compareSettings(module: ServerModuleInterface, before: Dialled, after: Dialled) {
  const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  const sameReadable = same(readableSettings(module, before.parsed), readableSettings(module, after.parsed));
  const sameName = before.hostname === after.hostname && before.ipAddress === after.ipAddress;
  const origins = [before, after].map((one) => originOf(module, describeServer(one)));
  const [from, to] = origins;
  const says = from !== null && to !== null;
  return {
    elsewhere: says ? from !== to : !(sameReadable && sameName),
    anotherPanel: !sameReadable || !(says ? from === to : sameName),
  };
}
