import type { Page } from '@playwright/test';
import { expectAccessible, expectToFit } from './accessible';
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
        await open(page, path);
        await expectAccessible(page, path);
        await expectToFit(page, path);
      });
    });
  }
}
