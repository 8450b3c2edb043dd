import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Browser, chromium, type Page } from '@playwright/test';
import { isLocale, LOCALE_COOKIE, LOCALES } from '@/i18n/locales';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { pagesOf } from '../e2e/app-pages';
import { signIn } from '../e2e/sign-in';
import { askDatabase } from '../faults/testing/panel-database';
import { newDataFolder, removeFolder, startDemo } from '../setup/demo';
import { indexPage } from './index-page';
import { demoTrouble } from './trouble';

// `npm run screenshots`: a picture of every page, full, failing and empty, in light, in dark and on a small screen, for
// people to look at. Arguments narrow it: `npm run screenshots -- servers products` takes the pages with these words.
// `--language tr` takes them in Turkish, into a folder of their own.
const { values: chosen, positionals: words } = parseArgs({
  allowPositionals: true,
  options: { language: { type: 'string', default: LOCALES[0] } },
});
const { language } = chosen;
if (!isLocale(language)) throw new Error(`--language ${language}: there is ${LOCALES.join(' and ')}.`);
const OUT = fileURLToPath(
  new URL(language === LOCALES[0] ? '../../screenshots' : `../../screenshots/${language}`, import.meta.url),
);
const wanted = (path: string) => words.length === 0 || words.some((word) => path.includes(word));

const LOOKS = [
  { name: 'light', scheme: 'light', width: 1280, height: 800 },
  { name: 'dark', scheme: 'dark', width: 1280, height: 800 },
  { name: 'small', scheme: 'light', width: 375, height: 740 },
] as const;

/** Beside the pages of src/app: what only an address with more in it shows. */
const MORE = [
  ...['accounts', 'operations', 'settings', 'audit'].map((tab) => `/servers/[id]?tab=${tab}`),
  ...['waiting', 'running', 'all'].map((tab) => `/operations?tab=${tab}`),
  '/services?search=nothing-is-called-this',
  '/products/new?module=cpanel',
  '/servers/new?module=cpanel',
];

const HIGHEST = 4000;
const taken: string[] = [];

/** A page in each look, the same document all along. */
async function take(page: Page, state: string, path: string, address: string): Promise<void> {
  for (const { name, scheme, width, height } of LOOKS) {
    const folder = join(OUT, state, name);
    mkdirSync(folder, { recursive: true });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    await page.setViewportSize({ width, height });
    if (name === 'light') await page.goto(address);
    await page.waitForLoadState('networkidle');
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

/** The id that stands in for `[id]`: of the first item of the list before it, or of nothing at all. */
async function idFor(page: Page, base: string, path: string): Promise<string> {
  const list = path.split('/[id]')[0]?.split('/').at(-1);
  const answer = await page.request.get(`${base}/api/trpc/${list}.list`);
  if (!answer.ok()) return NOBODY;
  return (await answer.json()).result.data.items[0]?.id ?? NOBODY;
}

async function takeArea(page: Page, base: string, state: string, area: string, more: string[] = []): Promise<void> {
  for (const path of [...pagesOf(area), ...more].filter(wanted)) {
    const id = path.includes('[id]') ? await idFor(page, base, path) : '';
    await take(page, state, path, `${base}${path.replace('[id]', id)}`);
  }
}

async function as(
  browser: Browser,
  base: string,
  who: { email: string; password: string } | null,
  words = language,
): Promise<Page> {
  const context = await browser.newContext({ baseURL: base, locale: 'en-GB', timezoneId: 'Europe/Istanbul' });
  const page = await context.newPage();
  if (who) await signIn(page, who);
  // After signing in, which is done by the words of the English form.
  await context.addCookies([{ name: LOCALE_COOKIE, value: words, url: base }]);
  return page;
}

/** Sample data with troubles in it; then the tables are taken away behind the running program's back. */
async function fullAndFailing(browser: Browser): Promise<void> {
  const folder = newDataFolder();
  const demo = await startDemo({ folder, env: { HYBLE_RETRY_DELAYS: '1,1,1,1' } });
  try {
    const { url, admin, customer } = demo.facts;
    await demoTrouble(await as(browser, url, admin, LOCALES[0]), demo.facts);
    const staff = await as(browser, url, admin);
    await takeArea(staff, url, 'full', '(admin)', MORE);
    const client = await as(browser, url, customer);
    await takeArea(client, url, 'full', '(client)');
    await takeArea(await as(browser, url, null), url, 'full', '(auth)');
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
  } finally {
    await demo.stop();
    removeFolder(folder);
  }
}

rmSync(OUT, { recursive: true, force: true });
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
