import type { Browser, BrowserContext, Page } from '@playwright/test';
import { codeAt } from '../../src/features/two-factor/totp';
import type { DemoFacts } from '../setup/demo';
import { OrderPage } from './pages/order-page';
import { ServicePage } from './pages/service-page';
import { signIn } from './sign-in';
import { type CaughtMail, expect, test } from './story';

test.use({ role: 'admin' });

const password = 'a long and quiet password';

interface Surroundings {
  browser: Browser;
  demo: DemoFacts;
  mails: () => Promise<CaughtMail[]>;
}

/** A member of staff, invited by mail, with a password, signed in with a browser of their own. */
async function newColleague(page: Page, { browser, demo, mails }: Surroundings): Promise<[BrowserContext, string]> {
  const email = `colleague-${Date.now()}@demo.example`;
  await page.goto('/staff/new');
  await page.getByRole('textbox', { name: 'Name' }).fill('Colleague');
  await page.getByRole('textbox', { name: 'E-mail' }).fill(email);
  await page.getByRole('radio', { name: 'Administrator' }).check();
  await page.getByRole('button', { name: 'Send the invitation' }).click();
  await expect(page.getByRole('heading', { name: 'The invitation is on its way' })).toBeVisible();
  const linkIn = async () => (await mails()).find(({ to }) => to === email)?.text.match(/http\S+#[\w-]{43}/)?.[0] ?? '';
  await expect.poll(linkIn).not.toBe('');
  const link = await linkIn();
  const context = await browser.newContext({ baseURL: demo.url, storageState: undefined, locale: 'en-GB' });
  const own = await context.newPage();
  await own.goto(link);
  await own.getByRole('textbox', { name: 'Password' }).fill(password);
  await own.getByRole('button', { name: 'Set password and sign in' }).click();
  await own.waitForURL((url) => url.pathname === '/');
  return [context, email];
}

/** The code of this half minute; waits when too little of it is left for a form. */
async function currentCode(page: Page, key: string, steps = 0): Promise<string> {
  await page.waitForFunction(() => Date.now() % 30_000 < 24_000);
  return codeAt(key, Date.now() + steps * 30_000);
}

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.waitForURL('/sign-in');
}

async function enterPassword(page: Page, email: string): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Your code' })).toBeVisible();
}

async function enterCode(page: Page, code: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Code' }).fill(code);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
}

test('two-factor sign-in: set up, a code lets in once, a recovery code once', async ({
  page,
  browser,
  demo,
  mails,
}) => {
  const [context, email] = await newColleague(page, { browser, demo, mails });
  const own = await context.newPage();
  await own.goto('/account');
  await own.getByRole('button', { name: 'Set up two-factor sign-in' }).click();
  await expect(own.getByRole('img', { name: 'Picture for the authenticator app' })).toBeVisible();
  const key = (await own.getByText(/^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/).textContent())?.replaceAll(' ', '') ?? '';
  await own.getByRole('textbox', { name: 'Code that the app shows' }).fill(await currentCode(own, key, -1));
  await own.getByRole('button', { name: 'Switch on' }).click();
  const listed = own.getByRole('list', { name: 'Your recovery codes' }).getByRole('listitem');
  await expect(listed).toHaveCount(10);
  const codes = await listed.allTextContents();
  await own.getByRole('button', { name: 'I have kept them' }).click();
  await expect(own.getByText('10 recovery codes are left.')).toBeVisible();

  await signOut(own);
  await enterPassword(own, email);
  const code = await currentCode(own, key);
  await enterCode(own, code);
  await own.waitForURL((url) => url.pathname === '/');

  await signOut(own);
  await enterPassword(own, email);
  await enterCode(own, code);
  await expect(own.getByRole('main').getByRole('alert')).toContainText('was used already');
  await enterCode(own, codes[0] ?? '');
  await own.waitForURL((url) => url.pathname === '/');
  await own.goto('/account');
  await expect(own.getByText('9 recovery codes are left.')).toBeVisible();
  await context.close();
});

test('an API key: made, called with, seen to be used, revoked', async ({ page, demo }) => {
  await page.goto('/api-keys/new');
  await page.getByRole('textbox', { name: 'Name' }).fill('Billing of the story');
  await page.getByRole('checkbox', { name: 'See services' }).check();
  await page.getByRole('button', { name: 'Make the key' }).click();
  const key = await page.getByRole('textbox', { name: 'Key' }).inputValue();
  const call = async (path: string) =>
    (await fetch(`${demo.url}/api/trpc/${path}`, { headers: { authorization: `Bearer ${key}` } })).status;
  expect([await call('services.list'), await call('customers.list')]).toEqual([200, 403]);

  await page.getByRole('link', { name: 'I have copied it' }).click();
  const row = page.getByRole('row', { name: /Billing of the story/ });
  await expect(row).toContainText('from 127.0.0.1');
  await expect(page.locator('body')).not.toContainText(key);
  await row.getByRole('button', { name: 'Revoke' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
  await expect(row).toContainText('Revoked');
  expect(await call('services.list')).toBe(401);
});

test('terminating a while after signing in asks for the password, and then goes on', async ({ page, demo, sql }) => {
  const domain = 'quiet.story.example.com';
  await (await new OrderPage(page).open()).order({ customer: 'Priya Raman', product: 'Web Business', domain });
  const service = new ServicePage(page);
  await expect(service.status('Active')).toBeVisible();
  await sql(`UPDATE "Session" SET "passwordAt" = now() - interval '11 minutes'`);

  await page.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Terminate service' }).click();
  const question = page.getByRole('dialog', { name: /^Terminate / });
  await question.getByRole('textbox', { name: /^Type / }).fill(domain);
  await question.getByRole('button', { name: 'Terminate service', exact: true }).click();
  const asks = page.getByRole('dialog', { name: 'Enter your password' });
  await asks.getByRole('textbox', { name: 'Your password' }).fill('not this one');
  await asks.getByRole('button', { name: 'Go on' }).click();
  await expect(asks).toContainText('This is not the password you sign in with');
  await expect(service.status('Active')).toBeVisible();
  await asks.getByRole('textbox', { name: 'Your password' }).fill(demo.admin.password);
  await asks.getByRole('button', { name: 'Go on' }).click();
  await expect(asks).toBeHidden();
  await expect(question).toBeHidden();
  await expect(service.status('Terminated')).toBeVisible();
});

test('a session that is ended elsewhere is over with its next step', async ({ page, browser, demo, mails }) => {
  const [context, email] = await newColleague(page, { browser, demo, mails });
  const other = await browser.newContext({ baseURL: demo.url, storageState: undefined, locale: 'en-GB' });
  const there = await other.newPage();
  await signIn(there, { email, password });
  await expect(there.getByRole('heading', { level: 1 })).toBeVisible();

  const here = await context.newPage();
  await here.goto('/account');
  const places = here.getByRole('button', { name: /^Sign out on/ });
  await expect(places).toHaveCount(1);
  await places.click();
  await expect(places).toHaveCount(0);
  expect((await there.request.get('/api/trpc/users.me')).status()).toBe(401);
  await there.goto('/services');
  await expect(there).toHaveURL(/\/sign-in/);
  await context.close();
  await other.close();
});
