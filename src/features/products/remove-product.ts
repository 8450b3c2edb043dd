import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { DomainError, notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import type { IdInput } from '../lists/schema';

/**
 * Deletes a product that nobody ever ordered. Throws INVALID_STATE with the counts while services are of it: they tell
 * what a customer bought, so such a product can only be switched off.
 */
export async function removeProduct(ctx: Ctx, { id }: IdInput): Promise<{ id: string }> {
  return inTransaction(async (tx) => {
    // An order waits here until we know, and then finds no product.
    await tx.$queryRaw`SELECT 1 FROM "Product" WHERE "id" = ${id} FOR UPDATE`;
    const row = await tx.product.findUnique({ where: { id }, include: { module: { select: { slug: true } } } });
    if (!row) throw notFound('product');
    const [all, open, changing] = await Promise.all([
      tx.service.count({ where: { productId: id } }),
      tx.service.count({ where: { productId: id, status: { notIn: ['TERMINATED', 'CANCELLED'] } } }),
      tx.operation.count({
        where: {
          kind: 'CHANGE_PACKAGE',
          state: { in: ['QUEUED', 'RUNNING', 'WAITING', 'UNKNOWN'] },
          input: { path: ['change', 'to', 'productId'], equals: id },
        },
      }),
    ]);
    if (all + changing > 0) throw inUse(row.name, all, open, changing);
    await tx.product.delete({ where: { id } });
    const before = { name: row.name, module: row.module.slug, isActive: row.isActive };
    await recordAudit(tx, ctx, { action: 'product.remove', targetType: 'Product', targetId: id, before });
    return { id };
  });
}

function inUse(name: string, all: number, open: number, changing: number): DomainError {
  const moving = changing > 0 ? ` ${changing} more ${changing === 1 ? 'is' : 'are'} being changed to it.` : '';
  return new DomainError(
    'INVALID_STATE',
    `"${name}" was not removed: ${all} ${all === 1 ? 'service is' : 'services are'} of this product, ${open} of them not ended.${moving} Services tell what a customer bought and are kept. Switch the product off instead: it can no longer be ordered, and what exists goes on.`,
  );
}
