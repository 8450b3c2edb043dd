import { expect, test } from './story';

test.use({ role: 'customer' });

test('a customer sees the own services and nothing else', async ({ page }) => {
  await page.goto('/');
  await page.waitForURL('/my');
  await expect(page.getByRole('heading', { level: 1, name: 'My services' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'play.fenwick.example.com' })).toBeVisible();
  await expect(page.getByRole('heading', { level: 2, name: 'longship.fenwick.example.com' })).toBeVisible();
  await expect(page.getByRole('main').getByRole('listitem')).toHaveCount(2);
  for (const path of ['/services', '/operations', '/servers', '/services/new']) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/my$/);
  }
});

test('what belongs to others is not there, also for who knows its address', async ({ page }) => {
  const answer = await page.request.get('/api/trpc/services.list');
  const { items } = (await answer.json()).result.data;
  expect(items.map((item: { domain: string }) => item.domain).sort()).toEqual([
    'longship.fenwick.example.com',
    'play.fenwick.example.com',
  ]);
  for (const path of ['servers.list', 'operations.list', 'customers.list']) {
    expect((await page.request.get(`/api/trpc/${path}`)).status()).toBe(403);
  }
});
