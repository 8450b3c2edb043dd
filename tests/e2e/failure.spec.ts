import { OrderPage } from './pages/order-page';
import { ServicePage } from './pages/service-page';
import { expect, test } from './story';

test.use({ role: 'admin' });

const control = (url: string, init: RequestInit) => fetch(`${url}/faults`, init);

test.afterEach(async ({ demo }) => {
  for (const { control: url } of demo.simulators) await control(url, { method: 'DELETE' });
});

test('a panel that fails for good: failed with a reason, and Retry works once it is mended', async ({
  page,
  demo,
  panels,
}) => {
  for (const { control: url } of demo.simulators) {
    const answer = await control(url, { method: 'POST', body: JSON.stringify({ op: 'create', fault: 'http503' }) });
    expect(answer.ok).toBe(true);
  }
  const domain = 'trouble.story.example.com';
  const serviceId = await (await new OrderPage(page).open()).order({
    customer: 'Emre Yıldırım',
    product: 'Valheim',
    domain,
  });
  const service = new ServicePage(page);
  await service.mark();
  await expect(service.status('Failed')).toBeVisible({ timeout: 45_000 });
  await expect(service.work).toContainText(/Gave up after 5 tries on (Oak|Birch)/);
  await expect(service.work).toContainText('then press Retry');

  await page.goto('/operations');
  await expect(page.getByRole('link', { name: domain })).toBeVisible();
  await page.getByRole('link', { name: domain }).click();
  for (const { control: url } of demo.simulators) await control(url, { method: 'DELETE' });
  await service.retry().click();
  await expect(service.status('Active')).toBeVisible();
  await expect(service.retry()).toHaveCount(0);
  const accounts = (await panels()).flatMap((panel) => panel.accounts);
  expect(accounts.filter(({ externalId }) => externalId === serviceId)).toHaveLength(1);
});
