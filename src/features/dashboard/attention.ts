import { env } from '@/env';
import { db } from '@/lib/db';
import { readLastCheck } from '../audit/chain-state';
import { findStalled } from '../executor/stalled';
import type { GroupItem } from '../groups/queries';
import { executorState, heartbeatAge } from '../health/check-health';
import { listOperations } from '../operations/queries';
import { recentDrift } from '../placement/reconcile-counters';
import { waitingForRoom } from '../placement/waiting-for-room';
import { recentForeignLinks } from '../sso/foreign-links';

export type AttentionKind =
  | 'operation-failed'
  | 'operation-unknown'
  | 'server-held'
  | 'group-full'
  | 'orders-wait'
  | 'counter-wrong'
  | 'login-elsewhere'
  | 'mail-unsent'
  | 'audit-broken'
  | 'executor-silent'
  | 'executor-stalled'
  | 'no-mail-server';

export interface AttentionItem {
  kind: AttentionKind;
  id: string;
  /** What it is about, in words of the data: a domain, a server's name. '' where the kind says it all. */
  title: string;
  data: Record<string, unknown>;
  at: string;
}

const SHOWN = 20;
/** The part of a group's places from which on somebody should think of a new server. */
const NEARLY_FULL = 0.85;
/** A mail that is younger is simply on its way. */
const MAIL_LATE_MS = 10 * 60_000;

/** What needs a person, the program's own trouble first. */
export async function needsAttention(groups: readonly GroupItem[]): Promise<AttentionItem[]> {
  const parts = await Promise.all([
    silentExecutor(),
    brokenAudit(),
    missingMailServer(),
    heldServers(),
    openOperations(),
    unsentMails(),
    ordersWithoutRoom(),
    wrongCounters(),
    foreignLinks(),
  ]);
  return [...parts.flat(), ...fullGroups(groups)];
}

/** A silent executor is said to be silent; one that beats while nothing ends is stalled. */
async function silentExecutor(): Promise<AttentionItem[]> {
  const age = await heartbeatAge();
  if (executorState(age, process.uptime()) !== 'silent') return stalledExecutor();
  const at = new Date(Date.now() - (age ?? process.uptime()) * 1000).toISOString();
  return [
    {
      kind: 'executor-silent',
      id: 'executor',
      title: '',
      data: { seconds: age === null ? null : Math.round(age) },
      at,
    },
  ];
}

/** Somebody wrote to the database past this program. */
async function brokenAudit(): Promise<AttentionItem[]> {
  const check = await readLastCheck();
  if (!check?.fault) return [];
  return [{ kind: 'audit-broken', id: 'audit', title: '', data: { what: check.fault.what }, at: check.checkedAt }];
}

async function stalledExecutor(): Promise<AttentionItem[]> {
  const stalled = await findStalled();
  if (!stalled) return [];
  const at = new Date(Date.now() - stalled.minutes * 60_000).toISOString();
  return [{ kind: 'executor-stalled', id: 'executor', title: '', data: { ...stalled }, at }];
}

async function missingMailServer(): Promise<AttentionItem[]> {
  if (env.SMTP_URL !== undefined) return [];
  const oldest = await db.emailMessage.findFirst({ where: { state: 'QUEUED' }, orderBy: { createdAt: 'asc' } });
  const waiting = await db.emailMessage.count({ where: { state: 'QUEUED' } });
  const at = (oldest?.createdAt ?? new Date()).toISOString();
  return [{ kind: 'no-mail-server', id: 'mail-server', title: '', data: { waiting }, at }];
}

async function heldServers(): Promise<AttentionItem[]> {
  const rows = await db.server.findMany({
    where: { heldAt: { not: null }, archivedAt: null },
    orderBy: { heldAt: 'desc' },
    take: SHOWN,
  });
  return rows.map(({ id, name, heldAt, heldKind, heldReason, nextProbeAt }) => ({
    kind: 'server-held',
    id,
    title: name,
    data: { kind: heldKind, words: heldReason, nextProbeAt: nextProbeAt?.toISOString() ?? null },
    at: (heldAt ?? new Date()).toISOString(),
  }));
}

/** Groups where new orders soon, or already, have nowhere to go. */
function fullGroups(groups: readonly GroupItem[]): AttentionItem[] {
  const at = new Date().toISOString();
  return groups.flatMap(({ id, name, used, capacity, products }) => {
    // A group that nothing is sold from may be as empty or full as it likes.
    if (products === 0 || capacity === null || used < capacity * NEARLY_FULL) return [];
    const free = Math.max(0, capacity - used);
    return [{ kind: 'group-full' as const, id, title: name, data: { free, used, capacity }, at }];
  });
}

/** One line per group, however many orders wait. */
async function ordersWithoutRoom(): Promise<AttentionItem[]> {
  const groups = await waitingForRoom();
  return groups.map(({ groupId, name, orders, since }) => ({
    kind: 'orders-wait',
    id: groupId ?? name,
    title: name,
    data: { orders, groupId },
    at: since,
  }));
}

/** It has been put right already, but somebody should know why it could happen. */
async function wrongCounters(): Promise<AttentionItem[]> {
  const drift = await recentDrift();
  return drift.map(({ serverId, server, counter, count, at }) => ({
    kind: 'counter-wrong',
    id: serverId,
    title: server,
    data: { counter, count },
    at,
  }));
}

/** A customer was kept from it; whether the panel is in wrong hands, a person has to see. */
async function foreignLinks(): Promise<AttentionItem[]> {
  const links = await recentForeignLinks();
  return links.map(({ serverId, server, host, at }) => ({
    kind: 'login-elsewhere',
    id: serverId,
    title: server,
    data: { host },
    at,
  }));
}

async function openOperations(): Promise<AttentionItem[]> {
  const { items } = await listOperations({ tab: 'attention', limit: SHOWN });
  return items.map(({ id, kind, state, reason, service, server, updatedAt }) => ({
    kind: state === 'UNKNOWN' ? 'operation-unknown' : 'operation-failed',
    id,
    title: service.domain ?? `${service.productName}, ${service.customerName}`,
    data: { operation: kind, reason, serviceId: service.id, server },
    at: updatedAt,
  }));
}

async function unsentMails(): Promise<AttentionItem[]> {
  const late = new Date(Date.now() - MAIL_LATE_MS);
  const rows = await db.emailMessage.findMany({
    where:
      env.SMTP_URL === undefined
        ? { state: 'FAILED' }
        : { OR: [{ state: 'FAILED' }, { state: 'QUEUED', createdAt: { lt: late } }] },
    orderBy: { createdAt: 'desc' },
    take: SHOWN,
  });
  return rows.map(({ id, to, template, state, lastError, operationId, createdAt }) => ({
    kind: 'mail-unsent',
    id,
    title: to,
    data: { template, state, words: lastError, operationId },
    at: createdAt.toISOString(),
  }));
}
