import type { Page } from '@playwright/test';

export interface FirstLoad {
  /** Compressed, as they travel. */
  bytes: number;
  files: number;
}

/** What scripts a page needs until it stands still, as a browser without a cache fetches them. */
export async function firstLoad(page: Page, address: string): Promise<FirstLoad> {
  await page.goto(address);
  await page.waitForLoadState('networkidle');
  return page.evaluate(() => {
    const scripts = performance
      .getEntriesByType('resource')
      .filter(
        (entry): entry is PerformanceResourceTiming => 'encodedBodySize' in entry && /\.js(\?|$)/.test(entry.name),
      );
    return { bytes: scripts.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0), files: scripts.length };
  });
}
