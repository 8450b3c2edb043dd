import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { badInput } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { checkGroup, checkSettings } from './check-settings';
import type { CreateProductInput } from './schema';

/** Creates a product. Its module settings are judged by the module. Throws BAD_INPUT naming the field. */
export async function createProduct(ctx: Ctx, input: CreateProductInput): Promise<{ id: string }> {
  const { moduleSlug, ...fields } = input;
  await checkSettings(moduleSlug, fields.moduleSettings);
  return inTransaction(async (tx) => {
    const module = await tx.serverModule.findUnique({ where: { slug: moduleSlug }, select: { id: true } });
    if (!module)
      throw badInput(['moduleSlug'], `The module "${moduleSlug}" is not written down yet. Restart the program.`);
    await checkGroup(tx, fields.serverGroupId);
    const product = await tx.product.create({ data: { ...fields, moduleId: module.id }, select: { id: true } });
    // Without the settings: which of them are secret is the module's knowledge.
    const { moduleSettings: _, ...after } = fields;
    await recordAudit(tx, ctx, {
      action: 'product.create',
      targetType: 'Product',
      targetId: product.id,
      after: { ...after, module: moduleSlug },
    });
    return product;
  });
}
