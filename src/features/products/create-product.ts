import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import { badInput, DomainError } from '@/lib/errors';
import { inTransaction } from '@/lib/transaction';
import { getModule } from '@/modules/registry';
import type { CreateProductInput } from './schema';

/** Creates a product. Its module settings are judged by the module. Throws BAD_INPUT naming the field. */
export async function createProduct(ctx: Ctx, input: CreateProductInput): Promise<{ id: string }> {
  await checkSettings(input);
  const { moduleSlug, ...fields } = input;
  return inTransaction(async (tx) => {
    const module = await tx.serverModule.findUnique({ where: { slug: moduleSlug }, select: { id: true } });
    if (!module)
      throw badInput(['moduleSlug'], `The module "${moduleSlug}" is not written down yet. Restart the program.`);
    const { serverGroupId } = fields;
    if (serverGroupId && !(await tx.serverGroup.findUnique({ where: { id: serverGroupId }, select: { id: true } }))) {
      throw badInput(['serverGroupId'], 'There is no such group. Choose one from the list, or leave it empty.');
    }
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

async function checkSettings({ moduleSlug, moduleSettings }: CreateProductInput): Promise<void> {
  const module = await getModule(moduleSlug);
  if (!module)
    throw badInput(
      ['moduleSlug'],
      `This installation has no module "${moduleSlug}". Choose one of the list of modules.`,
    );
  const parsed = module.settingsSchema?.safeParse(moduleSettings);
  if (!parsed || parsed.success) return;
  const issues = parsed.error.issues.map(({ path, message }) => ({
    path: ['moduleSettings', ...path.map((part) => (typeof part === 'symbol' ? String(part) : part))],
    message,
  }));
  throw new DomainError(
    'BAD_INPUT',
    `The module settings are not right: ${issues[0]?.message ?? 'look at each field'}`,
    issues,
  );
}
