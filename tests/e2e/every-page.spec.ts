import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { pagesOf } from './app-pages';
import { expect, test } from './story';

/** What stands for `[id]`: the first item of the list that the part before it names. */
async function addressOf(page: Page, path: string): Promise<string> {
  if (!path.includes('[id]')) return path;
  const list = path.split('/[id]')[0]?.split('/').at(-1);
  const answer = await page.request.get(`/api/trpc/${list}.list`);
  expect(answer.status(), `the list behind ${path}`).toBe(200);
  const [first] = (await answer.json()).result.data.items;
  return path.replace('[id]', first.id);
}

async function open(page: Page, path: string): Promise<void> {
  await page.goto(await addressOf(page, path));
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await page.waitForLoadState('networkidle');
}

async function expectAccessible(page: Page, path: string): Promise<void> {
  // No script may run in a mail that is shown, the checker's neither: it would wait for an answer for ever.
  for (const frame of await page.locator('iframe[sandbox]').all()) {
    await expect(frame).toHaveAttribute('title', /.+/);
    await frame.evaluate((element) => element.remove());
  }
  const { violations } = await new AxeBuilder({ page }).analyze();
  const grave = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  const found = grave.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html}\n${failureSummary}`),
  );
  expect(found, `${path}: serious or critical`).toEqual([]);
}

const AREAS = [
  { area: '(admin)', role: 'admin' },
  { area: '(auth)', role: null },
  { area: '(client)', role: 'customer' },
] as const;

for (const { area, role } of AREAS) {
  for (const path of pagesOf(area)) {
    test.describe(`${path} for ${role ?? 'visitors'}`, () => {
      test.use({ role });

      test('keeps nobody out in light or dark, and fits a screen of 375 pixels', async ({ page }) => {
        await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
        await open(page, path);
        await expectAccessible(page, `${path} in light`);
        await page.emulateMedia({ colorScheme: 'dark' });
        await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
        await expectAccessible(page, `${path} in dark`);
        await page.setViewportSize({ width: 375, height: 740 });
        await page.reload();
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
        const width = await page.evaluate(() => document.documentElement.scrollWidth);
        expect(width, `${path} scrolls sideways`).toBeLessThanOrEqual(375);
      });
    });
  }
}
