import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from '@playwright/test';
import { OrderPage } from './pages/order-page';
import { ServerFormPage } from './pages/server-form-page';
import { ServicePage } from './pages/service-page';
import { expect, test } from './story';

test.use({ role: 'admin', actionTimeout: 10_000 });
test.setTimeout(120_000);

const NAME = 'Storage depot';

/** The key that the simulated panel made for itself. What it knows is written down when it is called. */
async function keyOf({ name, url }: { name: string; url: string }): Promise<string> {
  await fetch(`${url}/ping`);
  const file = join(process.env.HYBLE_STORY_FOLDER ?? '', `simulator-${name}.json`);
  return /"(dk_[0-9a-f]+)"/.exec(readFileSync(file, 'utf8'))?.[1] ?? '';
}

interface WrittenCall {
  title: string;
  method?: string;
  path: string;
  query?: [string, string];
  json?: object;
  answer?: string;
  keep?: [string, string];
}

/** The editor of a definition, typed into as a person does. */
class DefinitionPage {
  readonly preview: Locator;
  constructor(readonly page: Page) {
    this.preview = page.getByRole('list', { name: 'What would be sent' });
  }

  tab = (name: string) => this.page.getByRole('tab', { name, exact: true }).click();
  group = (within: Page | Locator, name: string) => within.getByRole('group', { name, exact: true });
  add = (within: Page | Locator) => within.getByRole('button', { name: 'Add', exact: true });
  addPart = (title: string) => this.page.getByRole('button', { name: `Add: ${title}`, exact: true }).click();

  async choose(within: Page | Locator, field: string, option: string): Promise<void> {
    await within.getByRole('combobox', { name: field }).click();
    await this.page.getByRole('option', { name: option, exact: true }).click();
  }

  /** Shows the form of one operation; one that was not there is added with an empty call. */
  async operation(name: string, isNew = true): Promise<Locator> {
    await this.choose(this.page, 'Operation', name);
    if (isNew) {
      await this.addPart(name);
      await this.add(this.group(this.page, 'Calls')).click();
    }
    return this.group(this.page, name);
  }

  async fillPair(within: Locator, item: string, [name, value]: [string, string]): Promise<void> {
    await this.add(within).click();
    const row = this.group(within, `${item} 1`);
    await row.getByRole('textbox').nth(0).fill(name);
    await row.getByRole('textbox').nth(1).fill(value);
  }

  /** Writes one call that already stands there. */
  async writeCall(operation: Locator, position: number, call: WrittenCall): Promise<void> {
    const written = this.group(operation, `Calls ${position}`);
    await written.getByRole('textbox', { name: 'Name', exact: true }).first().fill(call.title);
    const request = this.group(written, 'Request');
    if (call.method) await this.choose(request, 'Method', call.method);
    await request.getByRole('textbox', { name: 'Path', exact: true }).fill(call.path);
    if (call.query) await this.fillPair(this.group(request, 'Query'), 'Query', call.query);
    if (call.json) {
      await this.group(request, 'Body').getByText('JSON', { exact: true }).click();
      await request.getByRole('textbox', { name: 'JSON', exact: true }).fill(JSON.stringify(call.json));
    }
    if (call.answer) await this.choose(written, 'Answer', call.answer);
    if (call.keep) await this.fillPair(this.group(written, 'Keep from the answer'), 'Keep from the answer', call.keep);
  }
}

async function describePanel(page: Page): Promise<void> {
  const editor = new DefinitionPage(page);
  await page.goto('/modules');
  await page.getByRole('link', { name: 'Connect any HTTP API' }).click();
  await page.getByRole('button', { name: 'Begin', exact: true }).click();
  await page.getByRole('textbox', { name: 'Short name' }).fill('storage');
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(NAME);
  await editor.tab('Connection');
  await editor.group(page, 'Login').getByRole('combobox').click();
  await page.getByRole('option', { name: 'Key in a header' }).click();
  await page.getByRole('textbox', { name: 'Header', exact: true }).fill('X-Depot-Key');
  await editor.tab('Rules');
  await editor.addPart('User names');
  await editor.addPart('Passwords');

  await editor.tab('Operations');
  const ping = await editor.operation('Test the connection', false);
  await editor.writeCall(ping, 1, { title: 'Ping', path: '/ping' });
  const create = await editor.operation('Create', false);
  await editor.writeCall(create, 1, {
    title: 'Make the account',
    path: '/accounts',
    json: { label: '{{ service.username }}', domain: '{{ service.domain }}', note: '{{ service.id }}' },
    answer: 'Nothing but a status',
    keep: ['id', 'headers.location.split("/")[2]'],
  });
  await expect(editor.preview).toContainText('POST https://panel.example.com/api/accounts');
  await expect(editor.preview).toContainText('"domain": "sample.example.com"');
  await expect(editor.preview).toContainText('X-Depot-Key: ••••••', { ignoreCase: true });
  await editor.group(create, 'Calls').locator('> button').click();
  await editor.writeCall(create, 2, {
    title: 'Give it an access',
    method: 'PUT',
    path: '/accounts/{{ kept.id }}/access',
    json: { login: '{{ service.username }}', password: '{{ service.password }}' },
    answer: 'Nothing but a status',
  });
  await editor.group(create, 'Result').getByRole('textbox', { name: "The panel's id" }).fill('kept.id');
  await expect(editor.preview).toContainText('PUT https://panel.example.com/api/accounts/%3Cid%3E/access');

  const look = await editor.operation('Look up an account');
  await editor.writeCall(look, 1, { title: 'Look', path: '/accounts', query: ['note', '{{ service.id }}'] });
  await look
    .getByRole('textbox', { name: 'The account in the answer' })
    .fill('body.items.filter(one, one.note == service.id)[0]');
  const account = editor.group(look, 'Account');
  await account.getByRole('textbox', { name: "The panel's id" }).fill('string(item.id)');
  await account.getByRole('textbox', { name: 'Our id' }).fill('item.note');
  const remove = await editor.operation('Remove');
  await editor.writeCall(remove, 1, {
    title: 'Remove',
    method: 'DELETE',
    path: '/accounts/{{ service.remoteId }}',
  });
  await page.getByRole('button', { name: 'Create the module' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(NAME);
}

test('a panel without a module is connected in the browser: written, tried, and provisioned with', async ({
  page,
  demo,
  panels,
}) => {
  const position = demo.simulators.findIndex(({ slug }) => slug === 'generic-depot');
  const simulator = demo.simulators[position] ?? { name: '', url: '' };
  const held = async () => (await panels())[position]?.accounts ?? [];
  await describePanel(page);
  const modulePage = page.url();

  const form = await new ServerFormPage(page).openNew(NAME);
  await form.fill({ Name: 'Alder two', 'Host name': 'alder-two.example.com', 'IP address': '203.0.113.77' });
  await form.fill({ Address: simulator.url, Key: await keyOf(simulator) });
  await form.test();
  await form.save('Add server');

  const before = await held();
  await page.goto(modulePage);
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Test the connection' }).click();
  const tried = page.getByRole('list', { name: 'What happened' });
  await expect(tried).toContainText('Test the connection: worked');
  await page.getByRole('button', { name: /With an account of its own/ }).click();
  await page.getByRole('button', { name: 'Make it and remove it' }).click();
  await expect(tried).toContainText('Create: worked');
  await expect(tried).toContainText('Remove: worked');
  expect(await held()).toEqual(before);

  await page.goto('/products/new');
  await page.getByRole('main').getByText(NAME, { exact: true }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Shelf');
  await page.getByRole('button', { name: 'Create product' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Shelf');
  const order = await new OrderPage(page).open();
  const id = await order.order({ customer: 'Clara Whitfield', product: 'Shelf', domain: 'shelf.example.com' });
  await expect(new ServicePage(page).status('Active')).toBeVisible();
  const made = (await held()).filter(({ domain }) => domain === 'shelf.example.com');
  expect(made).toMatchObject([{ externalId: id, status: 'active' }]);
});
