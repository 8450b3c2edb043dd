import type { Page } from '@playwright/test';
import { OrderPage } from './pages/order-page';
import { ServicePage } from './pages/service-page';
import { expect, test } from './story';

test.use({ role: 'admin' });

/** Opens a question, confirms it, and waits until it is gone. */
async function confirm(page: Page, title: RegExp, button: string, typed?: string): Promise<void> {
  const question = page.getByRole('dialog', { name: title });
  if (typed !== undefined) await question.getByRole('textbox', { name: /^Type / }).fill(typed);
  await question.getByRole('button', { name: button, exact: true }).click();
  await expect(question).toBeHidden();
}

test('web hosting: ordered, opened with one click, suspended, resumed and terminated, each seen on the panel', async ({
  page,
  context,
  demo,
  panels,
}) => {
  const domain = 'bakery.story.example.com';
  const position = demo.simulators.findIndex(({ slug }) => slug === 'cpanel');
  const account = async () => (await panels())[position]?.accounts.find((found) => found.domain === domain);

  await (await new OrderPage(page).open()).order({ customer: 'Priya Raman', product: 'Web Business', domain });
  const service = new ServicePage(page);
  await expect(service.status('Active')).toBeVisible();
  const made = await account();
  expect(made).toMatchObject({ status: 'active', username: expect.stringMatching(/^[a-z][a-z0-9]{3,7}$/) });

  await page.getByRole('button', { name: 'Log in as customer' }).click();
  const ask = page.getByRole('dialog');
  await ask.getByRole('textbox').fill('Looks at the mail of the bakery');
  const [panel] = await Promise.all([
    context.waitForEvent('page'),
    ask.getByRole('button', { name: 'Open panel' }).click(),
  ]);
  await expect(panel.getByRole('heading', { level: 1 })).toHaveText(`Signed in to cPanel as ${made?.username}`);
  await panel.close();

  await page.getByRole('button', { name: 'Suspend service' }).click();
  await confirm(page, /^Suspend /, 'Suspend service');
  await expect(service.status('Suspended')).toBeVisible();
  expect(await account()).toMatchObject({ status: 'suspended' });

  await page.getByRole('button', { name: 'Resume service' }).click();
  await confirm(page, /^Resume /, 'Resume service');
  await expect(service.status('Active')).toBeVisible();
  expect(await account()).toMatchObject({ status: 'active' });

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Terminate service' }).click();
  await confirm(page, /^Terminate /, 'Terminate service', domain);
  await expect(service.status('Terminated')).toBeVisible();
  expect(await account()).toBeUndefined();
});
