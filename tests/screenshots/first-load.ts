import { chromium } from '@playwright/test';
import { findChromium } from '../../scripts/find-chromium.mjs';
import { pagesOf } from '../e2e/app-pages';
import { firstLoad } from '../e2e/first-load';
import { signIn } from '../e2e/sign-in';
import { newDataFolder, removeFolder, startDemo } from '../setup/demo';

// `npm run first-load`: how much script each page needs at first, a JSON line per page, the largest first.
const folder = newDataFolder();
const demo = await startDemo({ folder });
const browser = await chromium.launch({
  executablePath: await findChromium(),
  args: ['--no-sandbox', '--disable-gpu'],
});
try {
  const { url, admin, customer } = demo.facts;
  const found = [];
  for (const [area, who] of [
    ['(admin)', admin],
    ['(client)', customer],
    ['(auth)', null],
  ] as const) {
    const page = await browser.newPage({ baseURL: url });
    if (who) await signIn(page, who);
    for (const path of pagesOf(area)) {
      const list = path.includes('[id]') ? path.split('/[id]')[0]?.split('/').at(-1) : undefined;
      const answer = list ? await (await page.request.get(`/api/trpc/${list}.list`)).json() : null;
      const { bytes, files } = await firstLoad(page, path.replace('[id]', answer?.result.data.items[0]?.id ?? ''));
      found.push({ page: path, kB: Math.round(bytes / 100) / 10, files });
    }
    await page.close();
  }
  for (const line of found.sort((a, b) => b.kB - a.kB)) console.log(JSON.stringify(line));
} finally {
  await browser.close();
  await demo.stop();
  removeFolder(folder);
}
