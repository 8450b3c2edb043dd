import type { Prisma } from '@/generated/prisma/client';
import type { Ctx } from './context';
import type { Tx } from './db';

export interface AuditChange {
  /** `<noun>.<verb>`, e.g. 'server.create'. */
  action: string;
  targetType: string;
  targetId: string | null;
  /** A refusal that matters is an entry too. */
  outcome?: 'done' | 'refused';
  reason?: string | undefined;
  /** Only fields that may be read by anybody who may read the audit log; a secret is told as 'changed'. */
  before?: Prisma.InputJsonObject;
  after?: Prisma.InputJsonObject;
}

const SECRET_NAME =
  /passw|passphrase|secret|token|api[_-]?key|access[_-]?(hash|key)|private[_-]?key|credential|authorization|cookie|hash$/i;
const TOLD_WITHOUT_VALUE = new Set<unknown>(['changed', 'set', 'removed']);
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is replaced
const CONTROL = /[\u0000-\u001f\u007f\u202a-\u202e\u2066-\u2069]+/g;

/**
 * Writes who did what, in the transaction of the change: no change without an entry, no entry without a change.
 * Throws when a field looks like a secret: that is a mistake in the calling verb.
 */
export async function recordAudit(tx: Tx, ctx: Ctx, change: AuditChange): Promise<void> {
  refuseSecrets(change.before, change.action);
  refuseSecrets(change.after, change.action);
  await tx.auditEntry.create({
    data: {
      actorType: ctx.actor.type,
      actorId: ctx.actor.id,
      actorName: ctx.actor.name,
      action: change.action,
      targetType: change.targetType,
      targetId: change.targetId,
      outcome: change.outcome ?? 'done',
      reason: change.reason?.replace(CONTROL, ' ').slice(0, 1000) ?? null,
      ...(change.before ? { before: change.before } : {}),
      ...(change.after ? { after: change.after } : {}),
      address: ctx.address,
      requestId: ctx.requestId,
    },
  });
}

function refuseSecrets(value: unknown, action: string): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [name, field] of Object.entries(value)) {
    const silent = field === null || typeof field === 'boolean' || TOLD_WITHOUT_VALUE.has(field);
    if (!Array.isArray(value) && SECRET_NAME.test(name) && !silent) {
      throw new Error(`The audit entry of ${action} would hold "${name}". Write 'changed' instead of its value.`);
    }
    refuseSecrets(field, action);
  }
}
