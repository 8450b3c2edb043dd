import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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

/** A server of the panel that is written down instead of programmed. */
export async function connectDepot(page: Page, { url, simulators }: DemoFacts, folder: string): Promise<void> {
  const depot = simulators.find(({ slug }) => slug === 'generic-depot');
  if (!depot) return;
  // The key that it made for itself is written down when it is called.
  await fetch(`${depot.url}/ping`);
  const key = /"(dk_[0-9a-f]+)"/.exec(readFileSync(join(folder, `simulator-${depot.name}.json`), 'utf8'))?.[1];
  await page.request.post(`${url}/api/trpc/servers.create`, {
    data: {
      name: 'Alder',
      hostname: 'alder.storage.example',
      ipAddress: '203.0.113.40',
      type: 'SHARED',
      moduleSlug: depot.slug,
      config: { baseUrl: depot.url, key },
    },
  });
}
