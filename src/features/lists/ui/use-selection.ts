'use client';

import { useState } from 'react';
import type { Selection } from '@/components/record-list';

/** How many may be changed at once: what one page of a list holds. */
const MOST = 100;

/** Which of the shown rows are ticked. A row that is no longer shown is no longer ticked: nothing happens unseen. */
export function useSelection<Item>(items: readonly Item[], idOf: (item: Item) => string) {
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const chosen = items.filter((item) => ticked.has(idOf(item))).slice(0, MOST);
  const shown = new Set(chosen.map(idOf));
  const selection: Selection = {
    has: (id) => shown.has(id),
    toggle: (id) =>
      setTicked(shown.has(id) ? new Set([...shown].filter((one) => one !== id)) : new Set([...shown, id])),
    setAll: (on) => setTicked(new Set(on ? items.slice(0, MOST).map(idOf) : [])),
    all: items.length > 0 && chosen.length === Math.min(items.length, MOST),
    some: chosen.length > 0,
  };
  return { chosen, selection, clear: () => setTicked(new Set()) };
}
