import { z } from 'zod';
import type { ServiceStatus } from '@/generated/prisma/enums';
import type { ChangeKind } from './courses';

/** Kinds that ask for a status: asked while something else runs they are kept, and the newest wins. */
export const WISH_KINDS = ['SUSPEND', 'UNSUSPEND', 'TERMINATE'] as const satisfies ChangeKind[];
export type WishKind = (typeof WISH_KINDS)[number];
export type WishedStatus = 'SUSPENDED' | 'ACTIVE' | 'TERMINATED';

export const WISHED: Record<WishKind, WishedStatus> = {
  SUSPEND: 'SUSPENDED',
  UNSUSPEND: 'ACTIVE',
  TERMINATE: 'TERMINATED',
};

export const storedWish = z.object({
  status: z.enum(['SUSPENDED', 'ACTIVE', 'TERMINATED']),
  version: z.number(),
  reason: z.string().nullable(),
  actor: z.object({ type: z.string(), id: z.string().nullable(), name: z.string() }),
});
export type StoredWish = z.infer<typeof storedWish>;

export function readWish(stored: unknown): StoredWish | null {
  const parsed = storedWish.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

export function isWishKind(kind: string): kind is WishKind {
  return WISH_KINDS.some((wish) => wish === kind);
}

/** The work that brings a service from its status to the wished one; null = nothing to do. Later states win over earlier ones. */
export function kindTowards(from: ServiceStatus, wished: WishedStatus): WishKind | null {
  if (from === 'ACTIVE' && wished === 'SUSPENDED') return 'SUSPEND';
  if (from === 'SUSPENDED' && wished === 'ACTIVE') return 'UNSUSPEND';
  if ((from === 'ACTIVE' || from === 'SUSPENDED') && wished === 'TERMINATED') return 'TERMINATE';
  return null;
}
