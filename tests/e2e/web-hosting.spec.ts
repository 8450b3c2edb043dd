import type { Locator, Page } from '@playwright/test';
import { OrderPage } from './pages/order-page';
import { ServicePage } from './pages/service-page';
import { signedIn } from './sign-in';
import { expect, test } from './story';

test.use({ role: 'admin' });

/** Opens a question, confirms it, and waits until it is gone. */
async function confirm(page: Page, title: RegExp, button: string, typed?: string): Promise<void> {
  const question = page.getByRole('dialog', { name: title });
  if (typed !== undefined) await question.getByRole('textbox', { name: /^Type / }).fill(typed);
  await question.getByRole('button', { name: button, exact: true }).click();
  await expect(question).toBeHidden();
}

/** Presses what opens a new tab, and answers what stands on top of the page there. */
async function headingBehind(page: Page, button: Locator): Promise<string | null> {
  const [opened] = await Promise.all([page.context().waitForEvent('page'), button.click()]);
  const heading = await opened.getByRole('heading', { level: 1 }).textContent();
  await opened.close();
  return heading;
}

test('the packages of the panel are there to choose from when a product is made', async ({ page }) => {
  await page.goto('/products');
  await page.getByRole('link', { name: 'New product' }).first().click();
  await page.waitForURL(/\/products\/new/);
  await page.getByText('cPanel/WHM', { exact: true }).click();
  await page.getByRole('combobox', { name: 'Package' }).click();
  await expect(page.getByRole('option', { name: /starter/ })).toBeVisible();
  await expect(page.getByRole('option', { name: /business/ })).toBeVisible();
});

test('web hosting: ordered, measured, opened by its customer, suspended, resumed and terminated, each seen on the panel', async ({
  page,
  browser,
  demo,
  panels,
}, { project }) => {
  const domain = 'bakery.story.example.com';
  const position = demo.simulators.findIndex(({ slug }) => slug === 'cpanel');
  const account = async () => (await panels())[position]?.accounts.find((found) => found.domain === domain);

  await (await new OrderPage(page).open()).order({ customer: 'Ada Fenwick', product: 'Web Business', domain });
  const service = new ServicePage(page);
  await expect(service.status('Active')).toBeVisible();
  const made = await account();
  expect(made).toMatchObject({ status: 'active', username: expect.stringMatching(/^[a-z][a-z0-9]{3,7}$/) });

  await page.getByRole('button', { name: 'Read the usage now' }).click();
  await expect(page.getByText(/^[\d.]+ MB of 19\.5 GB \(\d+\s?%\)$/)).toBeVisible();
  await expect(page.getByText(/^[\d.]+ [KM]B, no limit$/)).toBeVisible();

  const customer = await browser.newContext({
    baseURL: demo.url,
    storageState: await signedIn(browser, demo, 'customer', `${project.outputDir}/.signed-in`),
  });
  const theirs = await customer.newPage();
  await theirs.goto('/my');
  await theirs.getByRole('link', { name: domain, exact: true }).click();
  await theirs.waitForURL(/\/my\/services\//);
  const openPanel = theirs.getByRole('button', { name: `Log in to panel ${domain}` });
  expect(await headingBehind(theirs, openPanel)).toBe(`Signed in to cPanel as ${made?.username}`);
  expect(await headingBehind(theirs, theirs.getByRole('button', { name: /^Webmail/ }))).toBe(
    `Signed in to Webmail as ${made?.username}`,
  );

  await page.getByRole('button', { name: 'Suspend service' }).click();
  await confirm(page, /^Suspend /, 'Suspend service');
  await expect(service.status('Suspended')).toBeVisible();
  expect(await account()).toMatchObject({ status: 'suspended' });
  await theirs.reload();
  await expect(theirs.getByText('Suspended', { exact: true }).first()).toBeVisible();
  await expect(openPanel).toHaveCount(0);

  await page.getByRole('button', { name: 'Resume service' }).click();
  await confirm(page, /^Resume /, 'Resume service');
  await expect(service.status('Active')).toBeVisible();
  expect(await account()).toMatchObject({ status: 'active' });

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Terminate service' }).click();
  await confirm(page, /^Terminate /, 'Terminate service', domain);
  await expect(service.status('Terminated')).toBeVisible();
  expect(await account()).toBeUndefined();
  await customer.close();
});
