import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { isLocale, LOCALE_COOKIE, LOCALES } from '@/i18n/locales';
import en from '@/messages/en.json';
import tr from '@/messages/tr.json';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { pagesOf } from '../e2e/app-pages';
import { signIn } from '../e2e/sign-in';
import { askDatabase } from '../faults/testing/panel-database';
import { newDataFolder, removeFolder, startDemo } from '../setup/demo';
import { indexPage } from './index-page';
import { connectDepot, demoTrouble } from './trouble';

// `npm run screenshots`: a picture of every page, full, failing and empty, in light, in dark and on a small screen, for
// people to look at. Arguments narrow it: `npm run screenshots -- servers products` takes the pages with these words.
// `--language tr` takes them in Turkish, into a folder of their own.
const { values: chosen, positionals: only } = parseArgs({
  allowPositionals: true,
  options: { language: { type: 'string', default: LOCALES[0] } },
});
const { language } = chosen;
if (!isLocale(language)) throw new Error(`--language ${language}: there is ${LOCALES.join(' and ')}.`);
const { definitions: words } = language === 'tr' ? tr : en;
const OUT = fileURLToPath(
  new URL(language === LOCALES[0] ? '../../screenshots' : `../../screenshots/${language}`, import.meta.url),
);
const wanted = (path: string) => only.length === 0 || only.some((word) => path.includes(word));

const LOOKS = [
  { name: 'light', scheme: 'light', width: 1280, height: 800 },
  { name: 'dark', scheme: 'dark', width: 1280, height: 800 },
  { name: 'small', scheme: 'light', width: 375, height: 740 },
] as const;

/** Beside the pages of src/app: what only an address with more in it shows. */
const MORE = [
  ...['accounts', 'operations', 'settings', 'audit'].map((tab) => `/servers/[id]?tab=${tab}`),
  ...['waiting', 'running', 'all'].map((tab) => `/operations?tab=${tab}`),
  '/operations?tab=all&kind=CREATE&reason=gave-up',
  '/services?search=nothing-is-called-this',
  '/products/new?module=cpanel',
  '/servers/new?module=cpanel',
  '/modules/[last]',
];

/** Pages of src/app/(auth) that the program opens only in a state of its own. */
const SETUP = '/setup';
const TWO_FACTOR = '/two-factor';

/** What is pressed before the picture, where a page shows the better half of itself only then. */
const PRESSED: Record<string, (page: Page) => Promise<void>> = {
  '/modules/[id]/edit': async (page) => {
    const button = page.getByRole('button', { name: words.operations.testConnection, exact: true });
    if ((await button.count()) === 0) return; // no server to try it on, or no page at all
    await button.click();
    await page.getByRole('list', { name: words.tryResult }).waitFor();
  },
};

const STATES = ['full', 'failing', 'empty'] as const;
type State = (typeof STATES)[number];
const HIGHEST = 4000;
const taken: string[] = [];

/** A page in each look, the same document all along. */
async function take(page: Page, state: State, path: string, address: string): Promise<void> {
  for (const { name, scheme, width, height } of LOOKS) {
    const folder = join(OUT, state, name);
    mkdirSync(folder, { recursive: true });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    if (name === 'light') await page.goto(address);
    await page.waitForLoadState('networkidle');
    // The page notices by itself which colours are wanted, a moment later.
    await page.waitForFunction((now) => document.documentElement.dataset.mantineColorScheme === now, scheme);
    if (name === 'light') await PRESSED[path]?.(page);
    // Between two tries of a question that fails the network is idle too.
    await page.waitForFunction(() => !document.querySelector('main .mantine-Skeleton-root'), null, { timeout: 20_000 });
    const file = `${path.replace(/^\//, '').replace(/[^\w[\]=-]+/g, '_') || 'dashboard'}.png`;
    // As high as the page is: what is fixed to the window would end in the middle of a longer picture.
    const whole = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height: Math.min(Math.max(height, whole), HIGHEST) });
    await page.screenshot({ path: join(folder, file), animations: 'disabled' });
    taken.push(join(state, name, file));
  }
  process.stderr.write('.');
}

const NOBODY = '01890a5d-ac96-774b-bcce-b302099a8057';

/** The address with an id in it: of the first or last item of the list before it, or of nothing at all. */
async function addressOf(page: Page, base: string, path: string): Promise<string> {
  const [, list, which] = /(\w+)\/\[(id|last)\]/.exec(path) ?? [];
  if (!list) return `${base}${path}`;
  const answer = await page.request.get(`${base}/api/trpc/${list}.list`);
  const items = answer.ok() ? (await answer.json()).result.data.items : [];
  return `${base}${path.replace(`[${which}]`, items.at(which === 'id' ? 0 : -1)?.id ?? NOBODY)}`;
}

async function takeArea(page: Page, base: string, state: State, area: string, more: string[] = []): Promise<void> {
  const pages = pagesOf(area).filter((path) => path !== SETUP && path !== TWO_FACTOR);
  for (const path of [...pages, ...more].filter(wanted))
    await take(page, state, path, await addressOf(page, base, path));
}

async function takeOne(page: Page, base: string, state: State, path: string): Promise<void> {
  if (wanted(path)) await take(page, state, path, `${base}${path}`);
}

async function as(
  browser: Browser,
  base: string,
  who: { email: string; password: string } | null,
  locale = language,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: base, locale: 'en-GB', timezoneId: 'Europe/Istanbul' });
  const page = await context.newPage();
  if (who) await signIn(page, who);
  // After signing in, which is done by the words of the English form.
  await context.addCookies([{ name: LOCALE_COOKIE, value: locale, url: base }]);
  return page;
}

/** Sample data with troubles in it; then the tables are taken away behind the running program's back. */
async function fullAndFailing(browser: Browser): Promise<void> {
  const folder = newDataFolder();
  const demo = await startDemo({ folder, env: { HYBLE_RETRY_DELAYS: '1,1,1,1' } });
  try {
    const { url, admin, customer } = demo.facts;
    const maker = await as(browser, url, admin, LOCALES[0]);
    await demoTrouble(maker, demo.facts);
    await connectDepot(maker, demo.facts, folder);
    const staff = await as(browser, url, admin);
    await takeArea(staff, url, 'full', '(admin)', MORE);
    const client = await as(browser, url, customer);
    await takeArea(client, url, 'full', '(client)');
    await takeArea(await as(browser, url, null), url, 'full', '(auth)');
    await askDatabase(
      folder,
      `INSERT INTO "Setting" (key, value, "updatedAt") VALUES ('requireTwoFactor', 'true', now())`,
    );
    await takeOne(staff, url, 'full', TWO_FACTOR);
    await askDatabase(folder, `DELETE FROM "Setting" WHERE key = 'requireTwoFactor'`);
    for (const table of [
      'Server',
      'Service',
      'Operation',
      'ServerGroup',
      'ServerModule',
      'Product',
      'EmailMessage',
      'AuditEntry',
    ])
      await askDatabase(folder, `ALTER TABLE "${table}" RENAME TO "${table}Gone"`);
    await takeArea(staff, url, 'failing', '(admin)');
    await takeArea(client, url, 'failing', '(client)');
  } finally {
    await demo.stop();
    removeFolder(folder);
  }
}

/** The same program with nobody in it but its administrator and a customer without services. */
async function empty(browser: Browser): Promise<void> {
  const folder = newDataFolder();
  const demo = await startDemo({ folder });
  try {
    const { url, admin } = demo.facts;
    // The audit log stays: it refuses to be emptied.
    for (const table of [
      'Service',
      'Operation',
      'Placement',
      'EmailMessage',
      'Product',
      'Customer',
      'Server',
      'ServerGroup',
    ])
      await askDatabase(folder, `TRUNCATE "${table}" CASCADE`);
    await takeArea(await as(browser, url, admin), url, 'empty', '(admin)');
    await askDatabase(folder, `DELETE FROM "User"`);
    await takeOne(await as(browser, url, null), url, 'empty', SETUP);
  } finally {
    await demo.stop();
    removeFolder(folder);
  }
}

// The other language's pictures stay where they are.
for (const state of STATES) rmSync(join(OUT, state), { recursive: true, force: true });
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  await fullAndFailing(browser);
  await empty(browser);
} finally {
  await browser.close();
}
writeFileSync(join(OUT, 'index.html'), indexPage(taken));
console.log(`\n${taken.length} pictures. Open ${join(OUT, 'index.html')}`);
