import type { User } from '@/generated/prisma/client';
import type { Tx } from '@/lib/db';
import { DomainError, notFound } from '@/lib/errors';

/** A member of staff, locked for a change of who may do what. NOT_FOUND for customers' users too. */
export async function requireStaff(tx: Tx, id: string): Promise<User> {
  // One change of roles at a time: two administrators who demote each other must not both succeed.
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('staff-roles'))`;
  const user = await tx.user.findFirst({ where: { id, role: { in: ['ADMIN', 'SUPPORT'] } } });
  if (!user) throw notFound('member of staff');
  return user;
}

/** Throws INVALID_STATE when nobody else could administer this installation. */
export async function requireOtherAdmin(tx: Tx, user: User): Promise<void> {
  if (user.role !== 'ADMIN' || user.disabledAt) return;
  // Who never chose a password cannot sign in, and so cannot administer.
  const other = await tx.user.findFirst({
    where: { role: 'ADMIN', disabledAt: null, passwordHash: { not: null }, id: { not: user.id } },
    select: { id: true },
  });
  if (other) return;
  throw new DomainError(
    'INVALID_STATE',
    `${user.name} is the last administrator who can sign in. Nothing was changed, or nobody could administer this panel any more. Make somebody else an administrator first.`,
  );
}
