import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

async function expectNoBarrier(page: Page, path: string): Promise<void> {
  // No script may run in a mail that is shown, the checker's neither: it would wait for an answer for ever.
  for (const frame of await page.locator('iframe[sandbox]').all()) {
    await expect(frame).toHaveAttribute('title', /.+/);
    await frame.evaluate((element) => element.remove());
  }
  await expect(page.locator('iframe:not([sandbox])'), `${path}: frames that would not be checked`).toHaveCount(0);
  // "Legacy" leaves out only frames of other origins, and does not open a page of its own for each report: twice as fast.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const found = grave.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
  expect(found, `${path}: serious or critical`).toEqual([]);
}

/** Nothing serious or critical keeps anybody out of the page that is shown, in light and in dark. */
export async function expectAccessible(page: Page, path: string): Promise<void> {
  for (const scheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', scheme);
    await expectNoBarrier(page, `${path} in ${scheme}`);
  }
}

/** Loads the page again on a small screen, which it must not scroll sideways. */
export async function expectToFit(page: Page, path: string): Promise<void> {
  await page.setViewportSize({ width: 375, height: 740 });
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width, `${path} scrolls sideways`).toBeLessThanOrEqual(375);
}
