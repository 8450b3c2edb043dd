import { OrderPage } from './pages/order-page';
import { expect, test } from './story';

test.use({ role: 'admin' });

test('an empty order: both fields say what is missing, and the first one gets the cursor', async ({ page }) => {
  const order = await new OrderPage(page).open();
  await order.submit();
  await expect(page.getByText('Choose a customer.')).toBeVisible();
  await expect(page.getByText('Choose a product.')).toBeVisible();
  await expect(order.customer).toBeFocused();
  expect(new URL(page.url()).pathname).toBe('/services/new');
});

test('a domain that the panel refuses: the field says why, and what was typed stays', async ({ page }) => {
  const order = await new OrderPage(page).open();
  await order.chooseCustomer('Clara Whitfield');
  await order.chooseProduct('Valheim');
  await order.domain.fill('not a domain!');
  await order.submit();
  await expect(order.domain).toHaveAttribute('aria-invalid', 'true');
  await expect(order.domain).toBeFocused();
  await expect(order.domain).toHaveValue('not a domain!');
  await expect(order.product).toHaveValue('Valheim');
});

test('a quantity outside the limits: the option says which are allowed', async ({ page }) => {
  const order = await new OrderPage(page).open();
  await order.chooseCustomer('Clara Whitfield');
  await order.chooseProduct('Minecraft Starter');
  const memory = page.getByRole('textbox', { name: /Memory/ });
  await memory.fill('1');
  await order.submit();
  await expect(page.getByText(/^(Enter [\d,]+ to [\d,]+|Use steps of)/)).toBeVisible();
});
