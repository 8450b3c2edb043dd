import { createHash, timingSafeEqual } from 'node:crypto';
import { env } from '@/env';
import { recordAudit } from '@/lib/audit';
import { db, type Tx } from '@/lib/db';
import { badInput, DomainError } from '@/lib/errors';
import { uuidv7 } from '@/lib/ids';
import { takeTry } from '@/lib/rate-limit';
import { inTransaction } from '@/lib/transaction';
import { hashPassword } from './hash-password';
import type { CreateFirstAdminInput } from './schema';

/** True while nobody can administer this installation: only then is the set-up page open. */
export async function isFirstRun(tx: Tx = db): Promise<boolean> {
  return (await tx.user.findFirst({ where: { role: 'ADMIN' }, select: { id: true } })) === null;
}

/**
 * Makes the first administrator for whoever knows the code that the start printed.
 * Throws CONFLICT once there is an administrator, BAD_INPUT for a wrong code, TOO_MANY_REQUESTS after ten tries.
 */
export async function createFirstAdmin(
  visitor: { address: string | null; requestId: string },
  input: CreateFirstAdminInput,
): Promise<{ id: string }> {
  // One limit for all visitors: there is one code, and one person who should enter it.
  await takeTry('set-up', 'all');
  if (!(await isFirstRun())) throw alreadyDone();
  if (!isSetupCode(input.code)) {
    throw badInput(['code'], 'This is not the set-up code. It stands in the output of the last start of the program.');
  }
  const passwordHash = await hashPassword(input.password);
  const id = uuidv7();
  const ctx = { ...visitor, actor: { type: 'user', id, name: input.name, role: 'ADMIN', customerId: null } as const };
  return inTransaction(async (tx) => {
    // Two visitors at once: the second waits here and then finds an administrator.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtext('first-admin'))`;
    if (!(await isFirstRun(tx))) throw alreadyDone();
    const taken = await tx.user.findUnique({ where: { email: input.email }, select: { id: true } });
    if (taken) throw badInput(['email'], 'There is a user with this e-mail address already. Take another one.');
    await tx.user.create({ data: { id, email: input.email, name: input.name, role: 'ADMIN', passwordHash } });
    const after = { email: input.email, role: 'ADMIN' };
    await recordAudit(tx, ctx, { action: 'user.create-first-admin', targetType: 'User', targetId: id, after });
    return { id };
  });
}

function isSetupCode(code: string): boolean {
  const expected = env.HYBLE_SETUP_CODE_HASH;
  if (!expected) {
    throw new DomainError('INVALID_STATE', 'The program runs without a set-up code. Restart it: it prints a new one.');
  }
  const given = createHash('sha256').update(code).digest();
  const wanted = Buffer.from(expected, 'hex');
  return wanted.length === given.length && timingSafeEqual(given, wanted);
}

function alreadyDone(): DomainError {
  return new DomainError('CONFLICT', 'This installation has an administrator already. Sign in instead.');
}
