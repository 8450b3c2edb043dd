import { OrderPage } from './pages/order-page';
import { ServicePage } from './pages/service-page';
import { signIn } from './sign-in';
import { expect, test } from './story';

test('sign in, order a game server, watch it become active, find the mail and the one server on the panel', async ({
  page,
  demo,
  mails,
  panels,
}) => {
  await signIn(page, demo.admin);
  const order = await new OrderPage(page).open();
  const domain = 'first.story.example.com';
  const serviceId = await order.order({ customer: 'Clara Whitfield', product: 'Minecraft Starter', domain });

  const service = new ServicePage(page);
  await service.mark();
  await expect(service.heading).toHaveText(domain);
  await expect(service.status('Active')).toBeVisible();
  await expect(service.work.getByText('Succeeded', { exact: true }).first()).toBeVisible();
  expect(await service.isFirstLoad()).toBe(true);

  const about = async () => (await mails()).filter(({ text }) => text.includes(domain));
  await expect.poll(async () => (await about()).length).toBe(1);
  expect((await about())[0]).toMatchObject({ to: 'clara@whitfield.example', subject: `${domain} is ready` });

  const accounts = (await panels()).flatMap((panel) => panel.accounts);
  const ours = accounts.filter(({ externalId }) => externalId === serviceId);
  expect(ours).toHaveLength(1);
  await expect(page.getByText(ours[0]?.username ?? '', { exact: true }).first()).toBeVisible();
});

test('from the page of a product or a customer, the order begins with it', async ({ page, demo }) => {
  await signIn(page, demo.admin);
  const order = new OrderPage(page);
  await page.goto('/products');
  await page.getByRole('link', { name: 'Minecraft Starter' }).click();
  await page.getByRole('link', { name: 'New service' }).click();
  await expect(order.product).toHaveValue('Minecraft Starter');
  await expect(order.customer).toHaveValue('');
  await expect(page.getByRole('textbox', { name: 'Memory' })).toBeVisible();
  await page.goto('/customers');
  await page.getByRole('link', { name: 'Clara Whitfield' }).click();
  await page.getByRole('link', { name: 'New service' }).click();
  await expect(order.customer).toHaveValue('Clara Whitfield');
  await expect(order.product).toHaveValue('');
});
