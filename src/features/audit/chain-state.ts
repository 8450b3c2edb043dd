import { z } from 'zod';
import { db } from '@/lib/db';
import { CHAIN_FAULTS } from './schema';

const KEY = 'auditChain';

const chainCheck = z.object({
  checkedAt: z.string(),
  /** Entries that are linked and were found as written. */
  entries: z.number(),
  /** Hash of the last of them, in hex; null while there is none. */
  head: z.string().nullable(),
  fault: z.object({ what: z.enum(CHAIN_FAULTS), entryId: z.string().nullable(), at: z.string().nullable() }).nullable(),
});
export type ChainCheck = z.infer<typeof chainCheck>;
export type ChainFault = NonNullable<ChainCheck['fault']>;

/** What the last check found; null before the first. */
export async function readLastCheck(): Promise<ChainCheck | null> {
  const row = await db.setting.findUnique({ where: { key: KEY } });
  const parsed = chainCheck.safeParse(row?.value);
  return parsed.success ? parsed.data : null;
}

export async function storeCheck(check: ChainCheck): Promise<void> {
  await db.setting.upsert({ where: { key: KEY }, create: { key: KEY, value: check }, update: { value: check } });
}
