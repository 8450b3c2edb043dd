import { z } from 'zod';
import { recordAudit } from '@/lib/audit';
import { changedFields } from '@/lib/changed-fields';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { notFound } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { checkGroup, checkSettings, keepSecrets } from './check-settings';
import type { UpdateProductInput } from './schema';

const jsonObject = z.record(z.string(), z.json());

/**
 * Changes what is given. Orders already taken keep the settings they were taken with; services that exist follow at
 * their next change of package. Throws NOT_FOUND, or BAD_INPUT naming the field.
 */
export async function updateProduct(ctx: Ctx, { id, ...given }: UpdateProductInput): Promise<{ id: string }> {
  const { slug, stored } = await readStored(id);
  const { moduleSettings, ...columns } = given;
  const settings = moduleSettings && (await keepSecrets(slug, stored, moduleSettings));
  if (settings) await checkSettings(slug, settings);
  return inTransaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Product" WHERE "id" = ${id} FOR UPDATE`;
    const row = await tx.product.findUnique({ where: { id } });
    if (!row) throw notFound('product');
    await checkGroup(tx, columns.serverGroupId);
    const change = changedFields(row, columns);
    const changedSettings = settings ? changedFields(jsonObject.parse(row.moduleSettings), settings).names : [];
    if (change.names.length === 0 && changedSettings.length === 0) return { id };
    const data = { ...columns, ...(settings ? { moduleSettings: settings } : {}) };
    await tx.product.update({ where: { id }, data });
    // Of the settings only the names: which of their values are secret is the module's knowledge.
    const after = { ...change.after, ...(changedSettings.length ? { changedModuleSettings: changedSettings } : {}) };
    await recordAudit(tx, ctx, {
      action: 'product.update',
      targetType: 'Product',
      targetId: id,
      before: change.before,
      after,
    });
    return { id };
  });
}

async function readStored(id: string) {
  const row = await db.product.findUnique({
    where: { id },
    select: { moduleSettings: true, module: { select: { slug: true } } },
  });
  if (!row) throw notFound('product');
  return { slug: row.module.slug, stored: jsonObject.safeParse(row.moduleSettings).data ?? {} };
}
