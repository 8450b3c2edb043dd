import type { Locator, Page } from '@playwright/test';
import { pagesOf } from './app-pages';
import { walkByTab } from './keyboard-walk';
import { expect, test } from './story';

// Nothing below touches a mouse: every test is a customer with keys only, on a small dark screen.
test.use({ viewport: { width: 375, height: 740 }, colorScheme: 'dark' });

const main = (page: Page) => page.getByRole('main');

/** Presses Tab until this has the focus and shows it; fails when it is never reached. */
async function tabTo(
  page: Page,
  role: 'link' | 'button' | 'textbox' | 'radio',
  name: string | RegExp,
  within = main(page),
) {
  const wanted = within.getByRole(role, typeof name === 'string' ? { name, exact: true } : { name }).first();
  await expect(wanted).toBeEnabled();
  for (let presses = 0; presses < 60; presses++) {
    if (await wanted.evaluate((element) => element === document.activeElement)) {
      expect(await wanted.evaluate((element) => element.matches(':focus-visible'))).toBe(true);
      return wanted;
    }
    await page.keyboard.press('Tab');
  }
  throw new Error(`${role} "${name}" was not reached by Tab`);
}

/** A menu or a question takes the focus a moment after it is drawn: what is pressed before that goes elsewhere. */
const hasFocusInside = (part: Locator) => expect(part.locator(':focus')).toHaveCount(1);

const opened = async (page: Page) => {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expect(page.locator('main .mantine-Skeleton-root')).toHaveCount(0);
};

const sidewaysScroll = (page: Page) =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);

async function addressOf(page: Page, path: string): Promise<string> {
  if (!path.includes('[id]')) return path;
  const { result } = await (await page.request.get('/api/trpc/services.list')).json();
  return path.replace('[id]', result.data.items[0].id);
}

async function faultsOf(page: Page, paths: string[]): Promise<Record<string, string[]>> {
  const faults: Record<string, string[]> = {};
  for (const path of paths) {
    await page.goto(await addressOf(page, path));
    await opened(page);
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
    // From the top of the document, the bar and the line at the end included; nothing may be left out.
    await page.evaluate(() => document.activeElement instanceof HTMLElement && document.activeElement.blur());
    const found = await walkByTab(page, 'body');
    if (await sidewaysScroll(page)) found.push('scrolls sideways');
    if (found.length > 0) faults[path] = found;
  }
  return faults;
}

test('signs in by keys, and finds every way of doing so', async ({ page, demo }) => {
  expect(await faultsOf(page, pagesOf('(auth)'))).toEqual({});
  await page.goto('/sign-in');
  await opened(page);
  await expect(page.getByLabel('E-mail')).toBeFocused();
  await page.keyboard.type(demo.customer.email);
  await page.keyboard.press('Tab');
  await page.keyboard.type(demo.customer.password);
  await page.keyboard.press('Enter');
  await page.waitForURL('/my');
});

test.describe('signed in', () => {
  test.use({ role: 'customer' });

  test('every page is walked through with the Tab key alone', async ({ page }) => {
    const paths = pagesOf('(client)');
    expect(paths.length).toBeGreaterThanOrEqual(3);
    expect(await faultsOf(page, paths)).toEqual({});
  });

  test('restarts the game, enters its panel, and is never lost', async ({ page }) => {
    const key = page.keyboard;
    await page.goto('/my');
    await opened(page);
    // The first key leads past the bar.
    await key.press('Tab');
    await expect(page.getByRole('link', { name: 'Skip to content' })).toBeFocused();
    await key.press('Enter');
    await expect(page.locator('#content')).toBeFocused();
    await tabTo(page, 'button', /^Log in to panel longship/);
    const fromList = page.waitForEvent('popup');
    await key.press('Enter');
    const first = await fromList;
    await expect(first.getByRole('heading', { name: /^Signed in as srv-/ })).toBeVisible();
    await first.close();
    await tabTo(page, 'link', 'play.fenwick.example.com');
    await key.press('Enter');
    await expect(page.getByRole('heading', { level: 1, name: 'play.fenwick.example.com' })).toBeVisible();

    const restart = await tabTo(page, 'button', 'Restart');
    await key.press('Enter');
    const question = page.getByRole('dialog');
    await expect(question).toContainText('play.fenwick.example.com');
    // A question that is given up hands the focus back.
    await key.press('Escape');
    await expect(question).toBeHidden();
    await expect(restart).toBeFocused();
    await key.press('Enter');
    await hasFocusInside(question);
    await tabTo(page, 'button', 'Restart', question);
    await key.press('Enter');
    await expect(question).toBeHidden();
    const history = main(page).getByRole('list', { name: 'History' }).getByRole('listitem');
    await expect(history.first()).toHaveText(/^Restart(?!.*under way)/, { timeout: 30_000 });

    await tabTo(page, 'button', /^Log in to panel/);
    const fromPage = page.waitForEvent('popup');
    await key.press('Enter');
    await expect((await fromPage).getByRole('heading', { name: /^Signed in as srv-/ })).toBeVisible();
  });

  test('reaches the account by the menu and chooses a language there', async ({ page }) => {
    const key = page.keyboard;
    const bar = page.getByRole('banner');
    await page.goto('/my');
    await opened(page);
    await tabTo(page, 'button', /^Account of/, bar);
    await key.press('Enter');
    await expect(page.getByRole('menuitem', { name: 'My account' })).toBeVisible();
    await hasFocusInside(page.getByRole('menu'));
    await key.press('ArrowDown');
    await expect(page.getByRole('menuitem', { name: 'My account' })).toBeFocused();
    await key.press('Enter');
    await page.waitForURL('/my/account');
    await tabTo(page, 'radio', 'English');
    await key.press('ArrowRight');
    await expect(page.getByRole('heading', { level: 1, name: 'Hesabım' })).toBeVisible();
    await tabTo(page, 'radio', 'Türkçe');
    await key.press('ArrowLeft');
    await expect(page.getByRole('heading', { level: 1, name: 'My account' })).toBeVisible();
  });
});
