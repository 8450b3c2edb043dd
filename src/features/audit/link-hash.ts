import { createHash } from 'node:crypto';
import type { AuditEntry } from '@/generated/prisma/client';
import { canonicalJson } from '@/lib/canonical-json';

/**
 * What one link of the chain holds: SHA-256 in hex over the hash of the link before it (null for the first) and every
 * column of its entry, so that no entry can be changed, taken out or put in between without breaking all that follow.
 */
export function linkHash(previous: string | null, entry: AuditEntry): string {
  return createHash('sha256').update(canonicalJson({ previous, entry })).digest('hex');
}
