import { publicUrl } from '@/env';
import { capabilitiesOf } from '@/features/modules/capabilities';
import { requireModule } from '@/features/modules/require-module';
import { requireService } from '@/features/services/require-service';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { DomainError, notFound } from '@/lib/errors';
import { uuidv7 } from '@/lib/ids';
import { newCode } from '@/lib/one-time-code';
import { inTransaction } from '@/lib/transaction';
import type { CreateCodeInput } from './schema';

/** Long enough to press a button on the page that the address opens. */
export const CODE_SECONDS = 60;
export const CODE_PURPOSE = 'sso';

export interface LoginAddress {
  /** For one browser, once: it is as good as a key to this panel until then. */
  url: string;
  expiresAt: string;
}

/**
 * An address that lets the customer into the panel of one service, once, within a minute: for the company's own client
 * area, which knows its customer already. Stored is the code's hash, bound to service and customer. Throws NOT_FOUND for
 * a service that is not there or not of `customerId`, INVALID_STATE when there is no panel to enter.
 */
export async function createCode(ctx: Ctx, { serviceId, customerId, action }: CreateCodeInput): Promise<LoginAddress> {
  const service = await requireService(ctx, serviceId);
  if (customerId !== undefined && customerId !== service.customerId) throw notFound('service');
  const module = await requireModule(service.product.module.slug);
  if (service.status !== 'ACTIVE' || service.serverId === null) {
    throw new DomainError(
      'INVALID_STATE',
      'The panel can be opened only while the service is active. No address was made. Look at its status first.',
    );
  }
  if (action === '' && !capabilitiesOf(module).sso) {
    throw new DomainError('INVALID_STATE', `${module.name} has no login by button. Nothing was made.`);
  }
  const { code, codeHash } = newCode();
  return inTransaction(async (tx) => {
    const data = JSON.stringify({ serviceId, customerId: service.customerId, action, madeBy: ctx.actor.name });
    const [row] = await tx.$queryRaw<{ expiresAt: Date }[]>`
      INSERT INTO "OneTimeCode" ("id", "purpose", "codeHash", "userId", "data", "expiresAt")
      VALUES (${uuidv7()}, ${CODE_PURPOSE}, ${codeHash}, ${ctx.actor.type === 'user' ? ctx.actor.id : null}, ${data}::jsonb, now() + make_interval(secs => ${CODE_SECONDS}))
      RETURNING "expiresAt"`;
    if (!row) throw new Error('the code was not stored');
    const after = { customer: service.customerId, ...(action && { action }) };
    await recordAudit(tx, ctx, { action: 'sso.code', targetType: 'service', targetId: serviceId, after });
    // Behind the #: browsers send that part to no server, so it stands in no log.
    return { url: `${publicUrl()}/sso#${code}`, expiresAt: row.expiresAt.toISOString() };
  });
}
