import { publicUrl } from '@/env';
import type { Tx } from '@/lib/db';
import { hashCode, newCode } from '@/lib/one-time-code';

const PURPOSE = 'set-password';
const VALID_HOURS = 72;

/** A link that lets one user choose a password, once, within three days. Earlier links of this user stop working. */
export interface PasswordLink {
  /** Shown once: only the code's hash is stored. */
  link: string;
  expiresAt: string;
}

export async function makePasswordLink(tx: Tx, userId: string): Promise<PasswordLink> {
  await voidPasswordLinks(tx, userId);
  const { code, codeHash } = newCode();
  const expiresAt = new Date(Date.now() + VALID_HOURS * 3600_000);
  await tx.oneTimeCode.create({ data: { purpose: PURPOSE, codeHash, userId, expiresAt } });
  // Behind the #: browsers send that part to no server, so it stands in no log.
  return { link: `${publicUrl()}/set-password#${code}`, expiresAt: expiresAt.toISOString() };
}

export async function voidPasswordLinks(tx: Tx, userId: string): Promise<void> {
  await tx.oneTimeCode.deleteMany({ where: { purpose: PURPOSE, userId, usedAt: null } });
}

/** Uses a code up: of several who try at once, one gets the user id. null = unknown, used or expired. */
export async function takeCode(tx: Tx, code: string): Promise<string | null> {
  const codeHash = hashCode(code);
  const taken = await tx.oneTimeCode.updateMany({
    where: { codeHash, purpose: PURPOSE, usedAt: null, expiresAt: { gt: new Date() } },
    data: { usedAt: new Date() },
  });
  if (taken.count === 0) return null;
  return (await tx.oneTimeCode.findUnique({ where: { codeHash }, select: { userId: true } }))?.userId ?? null;
}
