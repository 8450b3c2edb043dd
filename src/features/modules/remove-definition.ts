import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { DomainError } from '@/lib/errors';
import { afterCommit, inTransaction } from '@/lib/transaction';
import type { IdInput } from '../lists/schema';
import { syncDefinitions } from './load-definition';
import { lockDefinition } from './update-definition';

/** Removes a definition with all its versions. Throws INVALID_STATE with the counts while anything refers to it. */
export async function removeDefinition(ctx: Ctx, { id }: IdInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const { name, slug, version } = await lockDefinition(tx, id);
    const servers = await tx.server.count({ where: { moduleId: id, archivedAt: null } });
    const archived = await tx.server.count({ where: { moduleId: id, archivedAt: { not: null } } });
    const products = await tx.product.count({ where: { moduleId: id } });
    if (servers + products > 0) {
      throw new DomainError(
        'INVALID_STATE',
        `"${name}" was not removed: ${servers} ${servers === 1 ? 'server' : 'servers'} and ${products} ${products === 1 ? 'product' : 'products'} use it. Remove them first, or switch the module off.`,
      );
    }
    if (archived > 0) {
      throw new DomainError(
        'INVALID_STATE',
        `"${name}" was not removed: ${archived} removed ${archived === 1 ? 'server' : 'servers'} and their history refer to it. Switch the module off instead.`,
      );
    }
    await tx.serverModule.delete({ where: { id } });
    await recordAudit(tx, ctx, {
      action: 'module.remove-definition',
      targetType: 'ServerModule',
      targetId: id,
      before: { name, slug, version },
    });
    afterCommit(syncDefinitions);
    return { id };
  });
}
