import type { Tx } from '@/lib/db';
import { badInput, DomainError } from '@/lib/errors';
import { getModule } from '@/modules/registry';
import { openFields } from '@/modules/sdk/fields';

type Settings = Record<string, unknown>;

/** Lets the module judge what a product sets. Throws BAD_INPUT naming the field inside `moduleSettings`. */
export async function checkSettings(moduleSlug: string, moduleSettings: Settings): Promise<void> {
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

/** New settings over stored ones: a form is never shown a secret, so one that it leaves out or empty stays as it is. */
export async function keepSecrets<Given extends Settings>(moduleSlug: string, stored: Settings, given: Given) {
  const schema = (await getModule(moduleSlug))?.settingsSchema;
  if (!schema) return given;
  const open = new Set(Object.keys(openFields(schema, stored)));
  const kept = Object.entries(stored).filter(([key]) => !open.has(key) && (given[key] ?? '') === '');
  return { ...given, ...Object.fromEntries(kept) };
}

/** Throws BAD_INPUT when the group is gone. */
export async function checkGroup(tx: Tx, serverGroupId: string | null | undefined): Promise<void> {
  if (!serverGroupId) return;
  const group = await tx.serverGroup.findUnique({ where: { id: serverGroupId }, select: { id: true } });
  if (!group) throw badInput(['serverGroupId'], 'There is no such group. Choose one from the list, or leave it empty.');
}
