import { existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import type { DemoFacts } from '../setup/demo';

export type Role = 'admin' | 'customer';

/** Types name and password into the sign-in page, as a person does. */
export async function signIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((url) => url.pathname !== '/sign-in');
}

/** An entered password opens what is dangerous for ten minutes; no story should begin close to the end of them. */
const FRESH_MS = 5 * 60_000;

/** Cookies of one sign-in per role and running demo, used by all stories of the next minutes. */
export async function signedIn(browser: Browser, demo: DemoFacts, role: Role, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${role}-${new URL(demo.url).port}.json`);
  if (existsSync(file) && Date.now() - statSync(file).mtimeMs < FRESH_MS) return file;
  const context = await browser.newContext({ baseURL: demo.url, storageState: undefined, locale: 'en-GB' });
  await signIn(await context.newPage(), demo[role]);
  // Two workers use the file: whole under its name, or not there.
  const written = `${file}.${process.pid}`;
  await context.storageState({ path: written });
  renameSync(written, file);
  await context.close();
  return file;
}
