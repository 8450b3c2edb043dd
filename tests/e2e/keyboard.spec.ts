import type { Page } from '@playwright/test';
import { pagesOf } from './app-pages';
import { walkByTab } from './keyboard-walk';
import { ServicePage } from './pages/service-page';
import { expect, test } from './story';

test.use({ role: 'admin' });

/** The page's own part, behind the navigation. */
async function walk(page: Page): Promise<string[]> {
  // The first key on every page leads past the navigation.
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await expect(page.locator('#content')).toBeFocused();
  return walkByTab(page);
}

async function addressOf(page: Page, path: string): Promise<string> {
  if (!path.includes('[id]')) return path;
  const list = path.split('/[id]')[0]?.split('/').at(-1);
  const { result } = await (await page.request.get(`/api/trpc/${list}.list`)).json();
  return path.replace('[id]', result.data.items[0].id);
}

test('every page is walked through with the Tab key alone', async ({ page }) => {
  test.setTimeout(240_000);
  const faults: Record<string, string[]> = {};
  for (const path of pagesOf('(admin)')) {
    await page.goto(await addressOf(page, path));
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('main .mantine-Skeleton-root')).toHaveCount(0);
    const found = await walk(page);
    if (found.length > 0) faults[path] = found;
  }
  expect(faults).toEqual({});
});

test('a service is ordered, suspended and resumed without a mouse, from the palette to the timeline', async ({
  page,
}) => {
  const key = page.keyboard;
  await page.goto('/');
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await key.press('Control+k');
  const search = page.getByRole('dialog').getByRole('textbox');
  await expect(search).toBeFocused();
  await key.type('new serv');
  await key.press('Enter');
  await page.waitForURL('/services/new');

  const customer = page.getByRole('combobox', { name: 'Customer' });
  await customer.focus();
  await key.type('Clara');
  await expect(page.getByRole('option', { name: /Clara Whitfield/ })).toBeVisible();
  await key.press('ArrowDown');
  await key.press('Enter');
  await expect(customer).toHaveValue('Clara Whitfield');
  const product = page.getByRole('combobox', { name: 'Product' });
  await tabTo(page, 'Product');
  await key.type('Valheim');
  await key.press('ArrowDown');
  await key.press('Enter');
  await expect(product).toHaveValue('Valheim');
  await expect(page.getByText(/^Ordered now, it would go to (Oak|Birch)/)).toBeVisible();
  await tabTo(page, 'Domain or name');
  await key.type('keys.story.example.com');
  await key.press('Enter');
  await page.waitForURL(/\/services\/[0-9a-f-]{36}$/);
  const service = new ServicePage(page);
  await expect(service.status('Active')).toBeVisible();

  await page.getByRole('button', { name: 'Suspend service' }).focus();
  await key.press('Enter');
  const question = page.getByRole('dialog', { name: /^Suspend / });
  await expect(question.getByRole('textbox')).toBeFocused();
  await key.type('Not paid');
  await key.press('Escape');
  await expect(question).toBeHidden();
  await expect(page.getByRole('button', { name: 'Suspend service' })).toBeFocused();

  await page.goto('/services?search=keys.story');
  await page.getByRole('checkbox', { name: 'Select keys.story.example.com' }).first().focus();
  await key.press('Space');
  const bar = page.getByRole('region', { name: '1 selected' });
  await bar.getByRole('button', { name: 'Suspend service' }).focus();
  await key.press('Enter');
  const bulk = page.getByRole('dialog', { name: /^Suspend service/ });
  await expect(bulk.getByText('1 will be changed.')).toBeVisible();
  // It takes the focus a moment after it is drawn: what is pressed before that goes elsewhere.
  await expect(bulk.getByRole('textbox')).toBeFocused();
  await key.type('Not paid');
  await bulk.getByRole('button', { name: 'Suspend service (1)' }).focus();
  await key.press('Enter');
  await expect(bulk.getByText('1 done.')).toBeVisible();
  await key.press('Escape');
  await expect(page.getByRole('table').getByText('Suspended')).toBeVisible();
});

/** Presses Tab until the field with this label has the focus. */
async function tabTo(page: Page, label: string): Promise<void> {
  for (let keys = 0; keys < 40; keys++) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() =>
      document.activeElement instanceof HTMLInputElement ? (document.activeElement.labels?.[0]?.textContent ?? '') : '',
    );
    if (focused.startsWith(label)) return;
  }
  throw new Error(`${label} cannot be reached with Tab.`);
}
