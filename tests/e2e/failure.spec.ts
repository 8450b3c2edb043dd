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

test('many that failed for one reason: found by filters that stand in the address, and begun again all at once', async ({
  page,
  demo,
  panels,
}) => {
  const ask = async (path: string) => (await (await page.request.get(`/api/trpc/${path}`)).json()).result.data;
  const fail = { op: 'create', fault: 'refused-by-panel' };
  for (const { control: url } of demo.simulators)
    expect((await control(url, { method: 'POST', body: JSON.stringify(fail) })).ok).toBe(true);
  const [customer] = (await ask('customers.list')).items;
  const products: { id: string; name: string }[] = (await ask('products.list')).items;
  const productId = products.find(({ name }) => name === 'Valheim')?.id;
  const services: string[] = [];
  for (const name of ['one', 'two', 'three']) {
    const data = { productId, customerId: customer.id, domain: `${name}.many.example.com` };
    const answer = await page.request.post('/api/trpc/services.create', { data });
    services.push((await answer.json()).result.data.id);
  }

  await page.goto('/operations');
  await page.getByRole('searchbox').fill('many.example.com');
  await page.getByRole('combobox', { name: 'Reason' }).click();
  await page.getByRole('option', { name: 'The panel refused' }).click();
  await page.getByRole('combobox', { name: 'Kind of work' }).click();
  await page.getByRole('option', { name: 'Create account' }).click();
  // In any order: a search begins after a pause in the typing.
  const chosen = { search: 'many.example.com', reason: 'panel-refused', kind: 'CREATE' };
  await expect(page).toHaveURL(({ searchParams }) =>
    Object.entries(chosen).every(([name, value]) => searchParams.get(name) === value),
  );
  const rows = page.getByRole('list', { name: 'Operations' }).getByRole('listitem');
  await expect(rows).toHaveCount(3);
  await page.reload();
  await expect(rows).toHaveCount(3);
  await expect(page.getByRole('combobox', { name: 'Reason' })).toHaveValue(/The panel refused/);

  for (const { control: url } of demo.simulators) await control(url, { method: 'DELETE' });
  await page.getByRole('button', { name: 'Retry all 3' }).click();
  const question = page.getByRole('dialog', { name: 'Retry all that match?' });
  await expect(question).toContainText('3 operations match');
  await question.getByRole('button', { name: 'Retry all 3' }).click();
  await expect(question.getByRole('status')).toHaveText('3 began again.');
  await question.getByRole('button', { name: 'Close' }).last().click();
  await expect(page.getByText('No operation fits')).toBeVisible();
  await page.getByRole('button', { name: 'Clear filters' }).last().click();
  await expect(page).toHaveURL('/operations');
  for (const id of services) {
    await expect(async () => expect((await ask(`services.get?input={"id":"${id}"}`)).status).toBe('ACTIVE')).toPass();
  }
  const accounts = (await panels()).flatMap((panel) => panel.accounts);
  expect(accounts.filter(({ externalId }) => services.includes(externalId ?? ''))).toHaveLength(3);
});
