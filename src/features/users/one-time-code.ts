import { publicUrl } from '@/env';
import type { Tx } from '@/lib/db';
import { uuidv7 } from '@/lib/ids';
import { hashCode, newCode } from '@/lib/one-time-code';

/** What a code lets its bearer do as one user, once. */
export type CodePurpose = 'set-password' | 'sign-in';

const PAGES: Record<CodePurpose, string> = { 'set-password': '/set-password', 'sign-in': '/sign-in/link' };
/** How long somebody has to choose a password: three days. */
export const LINK_MINUTES = 72 * 60;

/** A link that lets one user choose a password, once, within three days. Earlier links of this user stop working. */
export interface PasswordLink {
  /** Shown once: only the code's hash is stored. */
  link: string;
  expiresAt: string;
}

export function makePasswordLink(tx: Tx, userId: string): Promise<PasswordLink> {
  return makeLink(tx, { purpose: 'set-password', userId, minutes: LINK_MINUTES });
}

interface NewLink {
  purpose: CodePurpose;
  userId: string;
  minutes: number;
  /** A path of this program that the link leads on to. */
  returnTo?: string | null;
}

/** Earlier links of this user for the same purpose stop working. Valid by the database's clock. */
export async function makeLink(tx: Tx, { purpose, userId, minutes, returnTo }: NewLink): Promise<PasswordLink> {
  await voidLinks(tx, userId, purpose);
  const { code, codeHash } = newCode();
  const [row] = await tx.$queryRaw<{ expiresAt: Date }[]>`
    INSERT INTO "OneTimeCode" ("id", "purpose", "codeHash", "userId", "expiresAt")
    VALUES (${uuidv7()}, ${purpose}, ${codeHash}, ${userId}, now() + make_interval(mins => ${minutes}))
    RETURNING "expiresAt"`;
  if (!row) throw new Error('the code was not stored');
  const query = returnTo ? `?${new URLSearchParams({ to: returnTo })}` : '';
  // Behind the #: browsers send that part to no server, so it stands in no log.
  return { link: `${publicUrl()}${PAGES[purpose]}${query}#${code}`, expiresAt: row.expiresAt.toISOString() };
}

export async function voidPasswordLinks(tx: Tx, userId: string): Promise<void> {
  await voidLinks(tx, userId, 'set-password');
  await voidLinks(tx, userId, 'sign-in');
}

async function voidLinks(tx: Tx, userId: string, purpose: CodePurpose): Promise<void> {
  await tx.oneTimeCode.deleteMany({ where: { purpose, userId, usedAt: null } });
}

/** Uses a code up: of several who try at once, one gets the user id. null = unknown, used or expired. */
export async function takeCode(tx: Tx, code: string, purpose: CodePurpose = 'set-password'): Promise<string | null> {
  const [taken] = await tx.$queryRaw<{ userId: string | null }[]>`
    UPDATE "OneTimeCode" SET "usedAt" = now()
    WHERE "codeHash" = ${hashCode(code)} AND "purpose" = ${purpose} AND "usedAt" IS NULL AND "expiresAt" > now()
    RETURNING "userId"`;
  return taken?.userId ?? null;
}
