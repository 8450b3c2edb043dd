'use client';

import { useEffect, useState } from 'react';

/** The button behind what has the focus: an entry of a menu is gone when its question closes, its menu's button is not. */
function opener(): HTMLElement | null {
  const active = typeof document === 'undefined' ? null : document.activeElement;
  if (!(active instanceof HTMLElement)) return null;
  const button = active.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return (button && document.getElementById(button)) || active;
}

/**
 * For a question that is only on the page while it is asked: gives the focus back to what opened it, which Mantine's own
 * way does only for a dialog that stays and is hidden. Whoever works with keys would begin at the top of the page again.
 */
export function useReturnFocus(): void {
  const [before] = useState(opener);
  useEffect(
    () => () => {
      requestAnimationFrame(() => {
        // Whoever was quick may be asked the next question by now.
        if (document.activeElement?.closest('[role="dialog"]')) return;
        if (before?.isConnected) before.focus({ preventScroll: true });
      });
    },
    [before],
  );
}
