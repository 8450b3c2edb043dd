import type { Page } from '@playwright/test';
import { OrderPage } from '../e2e/pages/order-page';
import { ServicePage } from '../e2e/pages/service-page';
import type { DemoFacts } from '../setup/demo';

/** What a bad day looks like: one order failed for good, one server held, one in maintenance. */
export async function demoTrouble(page: Page, { url, simulators }: DemoFacts): Promise<void> {
  const panels = simulators.filter(({ slug }) => slug === 'pickaxe');
  for (const { control } of panels)
    await fetch(`${control}/faults`, { method: 'POST', body: JSON.stringify({ op: 'create', fault: 'http503' }) });
  await (await new OrderPage(page).open()).order({
    customer: 'Emre Yıldırım',
    product: 'Valheim',
    domain: 'fjord.example.com',
  });
  await new ServicePage(page).status('Failed').waitFor({ timeout: 60_000 });
  for (const { control } of panels) await fetch(`${control}/faults`, { method: 'DELETE' });
  const { result } = await (await page.request.get(`${url}/api/trpc/servers.list`)).json();
  const [held, resting] = result.data.items;
  await page.request.post(`${url}/api/trpc/servers.hold`, { data: { id: held.id, reason: 'Disk is being replaced' } });
  await page.request.post(`${url}/api/trpc/servers.setMaintenance`, { data: { id: resting.id, on: true } });
}
