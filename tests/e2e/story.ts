import { test as base, type Response } from '@playwright/test';
import { askDatabase } from '../faults/testing/panel-database';
import { SHOWN_ONCE } from '../setup/canary-scan';
import type { DemoFacts } from '../setup/demo';
import { keepAnswer } from '../setup/story-server';
import { type Role, signedIn } from './sign-in';

export interface CaughtMail {
  id: number;
  to: string;
  from: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
}

export interface PanelState {
  accounts: Array<{ id: string; externalId: string | null; username: string; domain: string | null; status: string }>;
  calls: Array<{ at: string; op: string; method: string; path: string; status: number }>;
}

interface Story {
  /** Address, sign-ins, mailbox and simulators of the running demo. */
  demo: DemoFacts;
  /** Who is signed in when the story begins; set by `test.use({ role: ... })`. */
  role: Role | null;
  /** The mails caught so far, newest first. */
  mails: () => Promise<CaughtMail[]>;
  /** What each simulated panel holds now, in the order of `demo.simulators`. */
  panels: () => Promise<PanelState[]>;
  /** One statement on the demo's database: what only time would bring about is brought about here. */
  sql: (statement: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  /** Every answer of a procedure is kept for the search for secrets after all stories. */
  keptAnswers: undefined;
}

async function getJson<T>(url: string): Promise<T> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  return response.json();
}

/** Playwright's `test`, pointed at the demo that the run started. */
export const test = base.extend<Story>({
  demo: async ({}, provide) => {
    const facts = process.env.HYBLE_STORY_FACTS;
    if (!facts) throw new Error('No demo is running. Start the stories with `npm test` or `npx playwright test`.');
    await provide(JSON.parse(facts));
  },
  role: [null, { option: true }],
  storageState: async ({ browser, demo, role }, provide, { project }) =>
    provide(role === null ? undefined : await signedIn(browser, demo, role, `${project.outputDir}/.signed-in`)),
  baseURL: async ({ demo }, provide) => provide(demo.url),
  keptAnswers: [
    async ({ context }, provide) => {
      context.on('response', (response) => void keep(response));
      await provide(undefined);
    },
    { auto: true },
  ],
  mails: async ({ demo }, provide) => provide(() => getJson(`${demo.mailbox}/email`)),
  panels: async ({ demo }, provide) =>
    provide(() => Promise.all(demo.simulators.map(({ control }) => getJson<PanelState>(`${control}/state`)))),
  sql: async ({}, provide) =>
    provide((statement, values) => askDatabase(process.env.HYBLE_STORY_FOLDER ?? '', statement, values)),
});

/** A page that moves on takes its last answers with it; those of the next story are the same ones. */
async function keep(response: Response): Promise<void> {
  const { pathname } = new URL(response.url());
  if (!pathname.startsWith('/api/trpc/') || SHOWN_ONCE.test(pathname)) return;
  const text = await response.text().catch(() => '');
  if (text) keepAnswer(process.env.HYBLE_STORY_FOLDER ?? '', `${pathname.slice(10)}: ${text}`);
}

export { expect } from '@playwright/test';
