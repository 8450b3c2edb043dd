import { fileURLToPath } from 'node:url';
import type { BrowserContext, Page } from '@playwright/test';
import { pickaxeSimulator } from '@/modules/pickaxe/simulator';
import { type Simulator, startSimulator } from '@/modules/sdk/simulator-host';
import { type Installation, startInstallation } from '../faults/testing/installation';
import { askDatabase } from '../faults/testing/panel-database';
import { scanForSecrets } from '../setup/canary-scan';
import { newDataFolder, removeFolder } from '../setup/demo';
import { expectAccessible, expectToFit } from './accessible';
import { type PlainPanelServer, startPlainPanel, TOKEN } from './modules/plain-panel-server';
import { type StrangeHosts, startStrangeHosts } from './modules/strange-hosts';
import { ServerFormPage } from './pages/server-form-page';
import { ServerPage } from './pages/server-page';
import { ServicePage } from './pages/service-page';
import { expect, test } from './story';

// One installation on an empty database, set up step by step: each story begins where the one before ended.
test.describe.configure({ mode: 'serial' });

const PLAIN = fileURLToPath(new URL('./modules/plain-panel.mjs', import.meta.url));
const PASSWORD = 'a sentence that is long';
const METRICS_TOKEN = 'metrics/token+of=the first run';

const world = {} as {
  panel: Simulator;
  plain: PlainPanelServer;
  hosts: StrangeHosts;
  installation: Installation;
  context: BrowserContext;
  page: Page;
};

test.beforeAll(async ({ browser }) => {
  test.setTimeout(150_000);
  world.panel = await startSimulator(pickaxeSimulator);
  world.plain = await startPlainPanel();
  world.hosts = await startStrangeHosts(world.panel.url);
  const { website, closed, selfSigned } = world.hosts;
  const ports = [world.panel.url, world.plain.url, website, closed, selfSigned].map((url) => new URL(url).port);
  world.installation = await startInstallation(newDataFolder(), {
    HYBLE_MODULES: PLAIN,
    HYBLE_METRICS_TOKEN: METRICS_TOKEN,
    LOG_LEVEL: 'debug',
    OUTBOUND_ALLOW_LOOPBACK_PORTS: ports.join(','),
  });
  world.context = await browser.newContext({ baseURL: world.installation.url, locale: 'en-GB' });
  world.page = await world.context.newPage();
});

/** Nothing that was typed or made lies where it does not belong. */
async function scan({ folder, output }: Installation): Promise<string> {
  const cookies = (await world.context.cookies()).filter(({ name }) => /session|csrf/.test(name));
  const planted = {
    'password of the administrator': PASSWORD,
    'token of the metrics': METRICS_TOKEN,
    'key of the panel': credentials().apiKey,
    ...Object.fromEntries(cookies.map(({ name, value }) => [`cookie ${name}`, value])),
  };
  return scanForSecrets({ folder, logs: [{ name: 'its output', text: output() }], mails: [], heard: [], planted });
}

test.afterAll(async () => {
  try {
    if (world.installation) console.log(await scan(world.installation));
  } finally {
    await world.context?.close();
    await world.installation?.stop();
    if (world.installation) removeFolder(world.installation.folder);
    world.hosts?.stop();
    world.plain?.stop();
    await world.panel?.stop();
  }
});

/** A page that only an installation in a state of its own shows; the others are looked at by every-page.spec.ts. */
async function expectPage(page: Page, path: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  await expectAccessible(page, path);
  const size = page.viewportSize();
  await expectToFit(page, path);
  if (size) await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: null, reducedMotion: null });
}

const credentials = () => world.panel.credentials as { apiUrl: string; apiKey: string; nodeId: string }; // Pickaxe's own

test('the first visitor becomes administrator by the code on the screen, and only by that', async () => {
  const { page, installation } = world;
  await page.goto('/');
  await page.waitForURL('/setup');
  await expectPage(page, '/setup');
  await page.getByLabel('Set-up code').fill('AAAA-BBBB-CCCC-DDDD');
  await page.getByLabel('Your name').fill('Ada Set-up');
  await page.getByLabel('E-mail').fill('ada@hosting.example');
  await page.getByRole('textbox', { name: 'Password' }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await expect(page.getByText('This is not the set-up code.')).toBeVisible();
  await page.getByLabel('Set-up code').fill(installation.setupCode);
  await page.getByRole('button', { name: 'Create administrator' }).click();
  await page.waitForURL('/');
  await expect(page.getByRole('listitem').filter({ hasText: 'Connect a server' })).toHaveAttribute(
    'aria-current',
    'step',
  );
});

test('who has to set up two-factor sign-in first is shown that page, and it keeps nobody out', async () => {
  const { page, installation } = world;
  const demand = (statement: string) => askDatabase(installation.folder, statement);
  await demand(`INSERT INTO "Setting" ("key", "value", "updatedAt") VALUES ('requireTwoFactor', 'true', now())`);
  await page.goto('/servers');
  await page.waitForURL('/two-factor');
  await expectPage(page, '/two-factor');
  await demand(`DELETE FROM "Setting" WHERE "key" = 'requireTwoFactor'`);
  await page.goto('/');
});

test('the connection test tells five situations apart, and a certificate can be looked at and trusted', async () => {
  const { page, hosts } = world;
  const form = await new ServerFormPage(page).openNew('Pickaxe');
  await form.fill({ Name: 'Oak', 'Host name': 'oak.hosting.example', 'IP address': '203.0.113.10' });
  await form.fill({ 'API address': credentials().apiUrl, Node: credentials().nodeId, 'API key': 'wrong-key' });
  await form.test();
  await expect(form.line('Signed in')).toContainText('The panel answered and refused the login.');

  await form.fill({ 'API key': credentials().apiKey, 'API address': hosts.closed });
  await form.test();
  await expect(form.line('Connected')).toContainText('Nothing answers at this address and port.');

  await form.fill({ 'API address': hosts.website });
  await form.test();
  await expect(form.line('Signed in')).toContainText('it does not speak as Pickaxe does');

  await form.fill({ 'API address': hosts.selfSigned });
  await form.test();
  await expect(form.line('Certificate')).toContainText('nobody vouches for the certificate');
  await expect(page.getByText('CN=127.0.0.1').first()).toBeVisible();
  await page.getByRole('button', { name: 'Trust this certificate' }).click();
  await form.ended();
  await expect(form.line('Certificate')).not.toContainText('nobody vouches');
  await expect(form.line('Signed in')).toContainText(/\d ms/);

  await page.getByRole('button', { name: 'Stop trusting it' }).click();
  await form.fill({ 'API address': credentials().apiUrl });
  await form.test();
  await expect(form.line('Signed in')).toContainText(/\d ms/);
  await expect(form.line('Version')).toContainText(/\d/);
  await form.save('Add server');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Oak');
});

test('a group, the server in it, a product, a customer, and the first service becomes active', async () => {
  const { page, panel } = world;
  await page.goto('/');
  await page.getByRole('link', { name: 'New group' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Game nodes');
  await page.getByText('One after the other').click();
  await page.getByRole('button', { name: 'Create group' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Game nodes');

  await page.goto('/servers');
  await page.getByRole('link', { name: 'Oak' }).click();
  await page.getByRole('link', { name: 'Edit' }).click();
  await page.getByRole('combobox', { name: 'Group' }).click();
  await page.getByRole('option', { name: 'Game nodes' }).click();
  await page.getByRole('textbox', { name: /^Accounts at most/ }).fill('2');
  await new ServerFormPage(page).save('Save server');
  await expect(page.getByRole('main')).toContainText('Game nodes');

  await page.goto('/');
  await page.getByRole('link', { name: 'New product' }).click();
  await page.getByRole('main').getByText('Pickaxe', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Small world');
  await page.getByRole('combobox', { name: 'Server group' }).click();
  await page.getByRole('option', { name: 'Game nodes' }).click();
  await page.getByRole('button', { name: 'Create product' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Small world');

  await page.goto('/customers');
  await page.getByRole('link', { name: 'New customer' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Grace First');
  await page.getByRole('textbox', { name: 'E-mail' }).fill('grace@first.example');
  await page.getByRole('button', { name: 'Create customer' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Grace First');

  await order(page, 'Small world', 'first.hosting.example');
  await expect(new ServicePage(page).status('Active')).toBeVisible();
  expect(panel.state().accounts.map(({ domain, status }) => [domain, status])).toEqual([
    ['first.hosting.example', 'active'],
  ]);
  await page.goto('/');
  await expect(page.getByText('Connect a server')).toHaveCount(0);
});

test('a server is changed, rested, kept while services live on it, and archived once it is empty', async () => {
  const { page } = world;
  const server = new ServerPage(page);
  await page.goto('/servers');
  await page.getByRole('link', { name: 'Oak' }).click();
  await page.getByRole('link', { name: 'Edit' }).click();
  const form = new ServerFormPage(page);
  await form.fill({ Name: 'Old oak' });
  // Nobody typed the key again: the stored one is used, as the address is the same.
  await form.test();
  await expect(form.line('Signed in')).toContainText(/\d ms/);
  await form.save('Save server');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Old oak');

  await server.act('Start maintenance', 'New disk');
  await expect(server.status('Maintenance')).toBeVisible();
  await server.act('End maintenance', '');
  await expect(server.status('Active')).toBeVisible();

  const refused = await server.act('Remove server', 'It is old');
  await expect(refused).toContainText('1 service lives on it');
  await refused.getByRole('button', { name: 'Cancel' }).click();

  await (await new ServerFormPage(page).openNew('Pickaxe')).fill({
    Name: 'Birch',
    'Host name': 'birch.hosting.example',
    'IP address': '203.0.113.11',
    'API address': credentials().apiUrl,
    'API key': credentials().apiKey,
    Node: 'node-2',
  });
  await expect(page.getByText('Not tested as it stands.')).toBeVisible();
  await new ServerFormPage(page).save('Add server');
  await server.act('Remove server', 'Bought by mistake');
  await expect(server.status('Archived')).toBeVisible();
  await page.goto('/servers');
  await expect(page.getByRole('link', { name: 'Old oak' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Birch' })).toHaveCount(0);
});

test('a class written to the interface alone stands among the modules, shows its form and provisions', async () => {
  const { page, plain } = world;
  await page.goto('/modules');
  await page.getByRole('link', { name: 'Plain panel' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plain panel');
  await expect(page.getByText('from HYBLE_MODULES').first()).toBeVisible();

  const form = await new ServerFormPage(page).openNew('Plain panel');
  await form.fill({ Name: 'Plain', 'Host name': 'plain.hosting.example', 'IP address': '203.0.113.12' });
  await form.fill({ 'Address of the plain panel': plain.url, 'Access token': 'not-the-token' });
  await page.getByRole('combobox', { name: 'Region' }).click();
  await page.getByRole('option', { name: 'West' }).click();
  await form.test();
  await expect(form.checklist.getByRole('listitem')).toHaveCount(1);
  await expect(form.line('Signed in')).toContainText('failed');
  await form.fill({ 'Access token': TOKEN });
  await form.test();
  await expect(form.line('Signed in')).toContainText(/\d ms/);
  await form.save('Add server');

  await page.goto('/products/new');
  await page.getByRole('main').getByText('Plain panel', { exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Plain account');
  await page.getByRole('button', { name: 'Create product' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Plain account');

  await order(page, 'Plain account', 'plain.hosting.example');
  await expect(new ServicePage(page).status('Active')).toBeVisible();
  expect([...plain.accounts.values()]).toEqual([{ domain: 'plain.hosting.example', region: 'west', suspended: false }]);
});

async function order(page: Page, product: string, domain: string): Promise<void> {
  await page.goto('/services/new');
  await page.getByRole('combobox', { name: 'Customer' }).click();
  await page.getByRole('option', { name: /Grace First/ }).click();
  await page.getByRole('combobox', { name: 'Product' }).click();
  await page.getByRole('option', { name: product }).click();
  await page.getByRole('textbox', { name: 'Domain or name' }).fill(domain);
  await page.getByRole('button', { name: 'Order service' }).click();
  await page.waitForURL(/\/services\/[0-9a-f-]{36}$/);
}
