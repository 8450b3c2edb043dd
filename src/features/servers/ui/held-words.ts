'use client';

import { useErrorKind } from '@/features/operations/ui/reason-words';

/** Why a server is held: the kind of trouble in the reader's language, then what the panel, the program or staff said. */
export function useHeldWords(): (kind: string | null, said: string | null) => string {
  const errorKind = useErrorKind();
  return (kind, said) => {
    // Staff write their own reason, and it stands alone.
    if (kind === null || kind === 'staff') return said ?? errorKind('other');
    return said ? `${errorKind(kind)}. ${said}` : errorKind(kind);
  };
}
