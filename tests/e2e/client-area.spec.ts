import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { runInNewContext } from 'node:vm';
import type { APIRequestContext, Page } from '@playwright/test';
import { signedIn } from './sign-in';
import { expect, test } from './story';

const main = (page: Page) => page.getByRole('main');
const openService = async (page: Page, name: string) => {
  await page.goto('/my');
  await main(page).getByRole('link', { name, exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
};
const loginTo = async (page: Page, name: string) => {
  const opened = page.waitForEvent('popup');
  await page.getByRole('button', { name: new RegExp(`Log in to panel ${name.replaceAll('.', '\\.')}`) }).click();
  const panel = await opened;
  await panel.waitForLoadState();
  return panel;
};

async function ask<T>(request: APIRequestContext, path: string, input: object = {}): Promise<T> {
  const answer = await request.get(`/api/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`);
  expect(answer.status(), path).toBe(200);
  return (await answer.json()).result.data;
}

interface Listed {
  items: { id: string; domain: string }[];
}
const serviceId = async (request: APIRequestContext, domain: string) => {
  const { items } = await ask<Listed>(request, 'services.list', { search: domain });
  return items.find((item) => item.domain === domain)?.id ?? '';
};

test('a customer signs in by a mailed link, enters two panels by one button each, and nobody else’s', async ({
  page,
  browser,
  demo,
  mails,
  request,
}, { project }) => {
  const email = 'hosting@northlight.example';
  await page.goto('/my');
  await page.getByRole('link', { name: 'Mail me a sign-in link' }).click();
  await expect(page.getByRole('heading', { name: 'Sign in without a password' })).toBeVisible();
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('button', { name: 'Send the mail' }).click();
  await expect(page.getByRole('heading', { name: 'Look into your mailbox' })).toBeVisible();
  const mail = async () =>
    (await mails()).find(({ to, subject }) => to === email && subject === 'Your link to sign in');
  await expect.poll(mail).toBeTruthy();
  const link = /https?:\/\/\S+#[\w-]+/.exec((await mail())?.text ?? '')?.[0] ?? '';

  // Programs that look into mails fetch what they find there: that uses nothing up.
  for (const _time of [1, 2]) expect((await request.get(link)).status()).toBe(200);
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('/my');
  await expect(main(page).getByRole('heading', { level: 2 })).toHaveCount(2);

  await openService(page, 'test.northlight.example.com');
  const game = await loginTo(page, 'test.northlight.example.com');
  await expect(game.getByRole('heading', { name: /^Signed in as srv-/ })).toBeVisible();
  expect(await game.evaluate(() => [document.referrer, window.opener])).toEqual(['', null]);
  await game.reload();
  await expect(game.getByRole('heading', { name: 'This link was used or never existed' })).toBeVisible();
  await openService(page, 'northlight.example.com');
  const hosting = await loginTo(page, 'northlight.example.com');
  await expect(hosting.getByRole('heading', { name: /^Signed in to cPanel as / })).toBeVisible();

  const staff = await browser.newContext({
    baseURL: demo.url,
    storageState: await signedIn(browser, demo, 'admin', `${project.outputDir}/.signed-in`),
  });
  const id = await serviceId(staff.request, 'play.fenwick.example.com');
  const asItIs = async () =>
    JSON.stringify([await ask(staff.request, 'services.get', { id }), await audited(staff.request)]);
  const before = await asItIs();
  const origin = { origin: demo.url };
  expect((await page.request.post(`/sso/${id}`, { form: {}, headers: origin, maxRedirects: 0 })).status()).toBe(404);
  for (const [path, input] of [
    ['services.action', { id, actionId: 'restart' }],
    ['services.changePassword', { id }],
    ['my.revealPassword', { id, ownPassword: 'a guess of some length' }],
  ] as const) {
    expect((await page.request.post(`/api/trpc/${path}`, { data: input, headers: origin })).status(), path).toBe(404);
  }
  await page.goto(`/my/services/${id}`);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('This service is not here');
  expect(await asItIs()).toBe(before);
  await staff.close();

  await page.context().clearCookies();
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(main(page).getByRole('alert')).toContainText('This link was used already');
});

const audited = async (request: APIRequestContext) =>
  (await ask<{ items: { action: string }[] }>(request, 'audit.list', { limit: 1 })).items;

type Handler = (request: object, response: { redirect: (status: number, location: string) => void }) => Promise<void>;

/** Runs the lines that docs/api.md gives to copy, with nothing changed but the panel's address; presses their button. */
function handlerOfDocumentation(panelUrl: string, key: string, ids: object) {
  const lines = /```js\n(.*?loginAddress.*?)\n```/s.exec(readFileSync('docs/api.md', 'utf8'))?.[1] ?? '';
  const handlers: Handler[] = [];
  runInNewContext(lines.replace('https://panel.example.com', panelUrl), {
    fetch,
    process: { env: { HYBLE_KEY: key } },
    app: { post: (_path: string, handler: Handler) => handlers.push(handler) },
    ownService: async () => ids,
  });
  return async (onRedirect: (location: string) => void) => {
    await handlers[0]?.({}, { redirect: (_status, location) => onRedirect(location) });
  };
}

test.describe('the company’s own site', () => {
  test.use({ role: 'admin' });

  test('leads its customer into the panel once: the same address a second time is refused and audited', async ({
    page,
    browser,
    demo,
  }) => {
    const id = await serviceId(page.request, 'play.fenwick.example.com');
    const headers = { origin: demo.url };
    const key = await page.request.post('/api/trpc/apiKeys.create', {
      data: { name: 'Billing', scopes: ['sso:create'], expiresInDays: 1 },
      headers,
    });
    const { key: secret } = (await key.json()).result.data;
    const made: string[] = [];
    // Another origin: a page with a button, and behind it the lines of the documentation as they stand there.
    const post = handlerOfDocumentation(demo.url, secret, { serviceId: id });
    const site = createServer((incoming, response) => {
      if (incoming.method === 'POST') {
        void post((location) => {
          made.push(location);
          response.writeHead(303, { location }).end();
        });
        return;
      }
      response.setHeader('content-type', 'text/html').end('<form method="post"><button>Open my server</button></form>');
    });
    await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
    const visitor = await browser.newContext({ locale: 'en-GB', storageState: undefined });
    try {
      const customer = await visitor.newPage();
      await customer.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}`);
      await customer.getByRole('button', { name: 'Open my server' }).click();
      await customer.getByRole('button', { name: 'Continue to the panel' }).click();
      await expect(customer.getByRole('heading', { name: /^Signed in as srv-/ })).toBeVisible();
      await customer.goto(made[0] ?? '');
      const [answer] = await Promise.all([
        customer.waitForResponse((response) => response.url().endsWith('/sso/code')),
        customer.getByRole('button', { name: 'Continue to the panel' }).click(),
      ]);
      expect(answer.status()).toBe(410);
      await expect(customer.getByRole('heading', { name: 'This login was used already' })).toBeVisible();
    } finally {
      await visitor.close();
      site.close();
    }
    expect(await audited(page.request)).toMatchObject([{ action: 'sso.replay', targetId: id }]);
  });

  test('staff enter a customer’s panel with a reason, and the customer sees that they did', async ({
    page,
    browser,
    demo,
  }, { project }) => {
    const domain = 'longship.fenwick.example.com';
    await page.goto(`/services/${await serviceId(page.request, domain)}`);
    await page.getByRole('button', { name: 'Log in as customer' }).click();
    await page.getByLabel('Reason').fill('Ticket 4711');
    const opened = page.waitForEvent('popup');
    await page.getByRole('dialog').getByRole('button', { name: 'Open panel' }).click();
    await expect((await opened).getByRole('heading', { name: /^Signed in as srv-/ })).toBeVisible();
    await expect(page.getByRole('dialog')).toBeHidden();
    await page.goto('/audit');
    await expect(page.getByText('because: Ticket 4711').first()).toBeVisible();
    const customer = await browser.newContext({
      baseURL: demo.url,
      locale: 'en-GB',
      storageState: await signedIn(browser, demo, 'customer', `${project.outputDir}/.signed-in`),
    });
    const theirs = await customer.newPage();
    await openService(theirs, domain);
    await expect(main(theirs).getByText('Our team opened the panel').first()).toBeVisible();
    await customer.close();
  });
});

test.describe('a customer', () => {
  test.use({ role: 'customer' });

  test('reads in words that the panel gave no link, and never sees its front page', async ({ page, demo, request }) => {
    const games = demo.simulators.filter(({ slug }) => slug === 'pickaxe');
    const rule = { op: 'sso', fault: 'http500', times: 3 };
    for (const { control } of games) await request.post(`${control}/faults`, { data: rule });
    await page.goto('/my');
    const answer = await loginTo(page, 'play.fenwick.example.com');
    await expect(main(answer).getByRole('alert')).toContainText('The panel gave no login link just now.');
    for (const { control } of games) await request.delete(`${control}/faults`);
  });

  test('chooses a language, and everything follows', async ({ page }) => {
    await page.goto('/my');
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'My account' }).click();
    await page.getByText('Türkçe', { exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Hesabım' })).toBeVisible();
    expect(await ask(page.request, 'customers.mine')).toMatchObject({ language: 'tr' });
    // Another browser, which asks for English and has chosen nothing yet: the account's language counts.
    await page.context().clearCookies({ name: 'hyble-locale' });
    await page.goto('/my');
    await expect(page.getByRole('heading', { level: 1, name: 'Hizmetlerim' })).toBeVisible();
    await page.goto('/my/account');
    await page.getByText('English', { exact: true }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'My account' })).toBeVisible();
  });
});
