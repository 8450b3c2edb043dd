import { notifyStaff } from '@/features/operations/notify-staff';
import { type CallOptions, callPanel } from '@/features/servers/call-panel';
import type { OpenServer } from '@/features/servers/server-access';
import { type AuditChange, recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import type { ModuleContext } from '@/modules/sdk/contract';
import { judgeLink } from './allowed-link';
import type { LoginTrouble } from './choices';

export type LoginAnswer = { ok: true; url: string } | { ok: false; why: LoginTrouble };

interface LinkRequest {
  open: OpenServer;
  /** Five tries a minute for each of these. */
  visitor: string;
  about: Pick<AuditChange, 'targetType' | 'targetId' | 'after'> & { reason: string };
  call: Pick<CallOptions, 'serviceId' | 'secrets'>;
  ask: (panel: ModuleContext) => Promise<unknown>;
}

/**
 * Gets a one-time link from the panel and judges it. Each answer is audited: who, what, why, from where. The link
 * itself goes to the browser and nowhere else: it is as good as a password until it is used.
 */
export async function askLink(ctx: Ctx, { open, visitor, about, call, ask }: LinkRequest): Promise<LoginAnswer> {
  if (!(await hasTry(visitor))) return { ok: false, why: 'too-many' };
  const { reason, ...target } = about;
  const audit = (action: string, after: AuditChange['after']) =>
    inTransaction((tx) =>
      recordAudit(tx, ctx, { ...target, action, reason: reason || undefined, after: { ...target.after, ...after } }),
    );
  const answer = await callPanel(open, { ...call, call: 'sso', clientAddress: ctx.address }, ask);
  if (!answer.ok) {
    const { kind } = answer.error;
    logger.warn({ requestId: ctx.requestId, serverId: open.record.id, kind }, 'a panel gave no login link');
    await audit('sso.refuse', { why: 'no-answer', kind });
    return { ok: false, why: 'no-answer' };
  }
  const link = judgeLink(typeof answer.value === 'string' ? answer.value : '', open);
  if (link.ok) {
    await audit('sso.open', { server: open.record.name });
    return link;
  }
  const { host } = link;
  logger.warn({ requestId: ctx.requestId, serverId: open.record.id, host }, 'a login link led to another host');
  await inTransaction(async (tx) => {
    await recordAudit(tx, ctx, {
      ...target,
      action: 'sso.refuse',
      reason: reason || undefined,
      after: { ...target.after, why: 'foreign-host', server: open.record.name, serverId: open.record.id, host },
    });
    await notifyStaff(tx, { kind: 'sso-foreign-host', serverId: open.record.id, server: open.record.name, host });
  });
  return { ok: false, why: 'foreign-host' };
}

/** Taken before the panel is called, also for tries that then fail: each makes a session there. */
async function hasTry(visitor: string): Promise<boolean> {
  try {
    await takeTry('panel-login', visitor);
    return true;
  } catch (error) {
    if (error instanceof DomainError && error.code === 'TOO_MANY_REQUESTS') return false;
    throw error;
  }
}
