import type { Tx } from '@/lib/db';
import { badInput } from '@/lib/errors';

/** The row of a module that new servers may use. Throws BAD_INPUT. */
export async function findActiveModule(tx: Tx, slug: string): Promise<string> {
  const module = await tx.serverModule.findUnique({ where: { slug }, select: { id: true, isActive: true } });
  if (!module) throw badInput(['moduleSlug'], `The module "${slug}" is not written down yet. Restart the program.`);
  if (!module.isActive) throw badInput(['moduleSlug'], `The module "${slug}" is switched off. Switch it on first.`);
  return module.id;
}

interface Place {
  /** Left out for a new server. */
  id?: string;
  name: string;
  groupId: string | null;
}

/** Throws BAD_INPUT when the name is taken by another server or the group is not there. */
export async function checkPlace(tx: Tx, { id, name, groupId }: Place): Promise<void> {
  const namesake = await tx.server.findFirst({
    where: { name, archivedAt: null, ...(id === undefined ? {} : { id: { not: id } }) },
    select: { id: true },
  });
  if (namesake) throw badInput(['name'], 'There is a server with this name already. Take another one.');
  if (groupId !== null && !(await tx.serverGroup.findUnique({ where: { id: groupId }, select: { id: true } }))) {
    throw badInput(['groupId'], 'There is no such group. Choose one from the list, or leave it empty.');
  }
}
