import { firstLoad } from './first-load';
import { expect, test } from './story';

test.use({ role: 'admin' });

test('the page of servers comes with at most 330 kB of scripts', async ({ page }) => {
  const { bytes, files } = await firstLoad(page, '/servers');
  expect(files).toBeGreaterThan(5);
  expect(bytes).toBeLessThanOrEqual(330_000);
});
