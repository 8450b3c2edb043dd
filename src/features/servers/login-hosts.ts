import type { Prisma } from '@/generated/prisma/client';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { inTransaction } from '@/lib/transaction';
import type { ServerModuleInterface } from '@/modules/sdk/contract';
import { addressOf, describeServer } from './connection-settings';
import { lockServer } from './lock-server';
import type { LoginHostsInput } from './schema';
import type { OpenServer } from './server-access';

/** A host that one-time links may lead to, and where it comes from. */
export interface LoginHost {
  host: string;
  /** hostname and endpoint always count; allowed = added by an administrator or found by a test. */
  why: 'hostname' | 'endpoint' | 'allowed';
}

type Named = { hostname: string; ipAddress: string; ssoHosts: string[] };

/** Every host that a login link of this server may lead to, as browsers spell them. `parsed`: its opened settings. */
export function loginHosts(module: ServerModuleInterface, server: Named, parsed: unknown): LoginHost[] {
  const endpoint = addressOf(module, describeServer({ ...server, parsed }));
  const found = [
    ...hostOf(server.hostname).map((host): LoginHost => ({ host, why: 'hostname' })),
    ...(endpoint !== null && URL.canParse(endpoint)
      ? [{ host: new URL(endpoint).hostname, why: 'endpoint' as const }]
      : []),
    ...server.ssoHosts.flatMap(hostOf).map((host): LoginHost => ({ host, why: 'allowed' })),
  ];
  return found.filter(({ host }, index) => found.findIndex((other) => other.host === host) === index);
}

/** As browsers spell it: lower case, without a dot at the end, other alphabets encoded. */
function hostOf(name: string): string[] {
  const address = `https://${name.trim().replace(/\.$/, '')}`;
  return URL.canParse(address) ? [new URL(address).hostname] : [];
}

/** Replaces the hosts that are allowed besides the server's own names. Throws NOT_FOUND, INVALID_STATE when archived. */
export async function setLoginHosts(ctx: Ctx, { id, hosts }: LoginHostsInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const { ssoHosts } = await lockServer(tx, id);
    const next = [...new Set(hosts.flatMap(hostOf))];
    if (JSON.stringify(next) === JSON.stringify(ssoHosts)) return { id };
    await tx.server.update({ where: { id }, data: { ssoHosts: next } });
    await recordAudit(tx, ctx, change(id, ssoHosts, next));
    return { id };
  });
}

const A_NAME = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/;

/**
 * Allows the name that a panel has for itself: once, while nobody has said which hosts count. Later names are for an
 * administrator to judge: a panel in wrong hands could say anything.
 */
export async function learnLoginHost(ctx: Ctx, open: OpenServer, own: string | undefined): Promise<void> {
  const [host] = own === undefined ? [] : hostOf(own);
  const { record, module, server } = open;
  if (host === undefined || !A_NAME.test(host) || record.ssoHosts.length > 0) return;
  if (loginHosts(module, record, server.credentials).some((known) => known.host === host)) return;
  await inTransaction(async (tx) => {
    const learned = await tx.server.updateMany({
      where: { id: record.id, ssoHosts: { isEmpty: true }, archivedAt: null },
      data: { ssoHosts: [host] },
    });
    if (learned.count === 1) await recordAudit(tx, ctx, change(record.id, [], [host]));
  });
}

function change(targetId: string, before: string[], after: string[]) {
  const hosts = (ssoHosts: string[]): Prisma.InputJsonObject => ({ loginHosts: ssoHosts });
  return { action: 'server.login-hosts', targetType: 'Server', targetId, before: hosts(before), after: hosts(after) };
}
