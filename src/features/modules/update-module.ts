import { announceRoomForProduct } from '@/features/placement/announce-room';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { UpdateModuleInput } from './schema';

/**
 * Changes what staff say about a module: its name in lists, a note, whether it may be used for new things. Switching it
 * on lets waiting orders of its products go on. Throws NOT_FOUND.
 */
export async function updateModule(ctx: Ctx, { id, ...wanted }: UpdateModuleInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    const select = { displayName: true, note: true, isActive: true } as const;
    const before = await tx.serverModule.findUnique({ where: { id }, select });
    if (!before) throw notFound('module');
    await tx.serverModule.update({ where: { id }, data: wanted });
    if (wanted.isActive && !before.isActive) {
      const products = await tx.product.findMany({ where: { moduleId: id, isActive: true }, select: { id: true } });
      for (const product of products) await announceRoomForProduct(tx, product.id);
    }
    await recordAudit(tx, ctx, {
      action: 'module.update',
      targetType: 'ServerModule',
      targetId: id,
      before,
      after: wanted,
    });
    return { id };
  });
}
