'use client';

import { useWindowEvent } from '@mantine/hooks';

/** Closing the tab or going to another site asks first while something is typed and not saved. */
export function useUnsavedGuard(unsaved: boolean): void {
  useWindowEvent('beforeunload', (event) => {
    if (unsaved) event.preventDefault();
  });
}
