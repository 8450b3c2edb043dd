import { setTimeout as wait } from 'node:timers/promises';
import type { Inngest } from 'inngest';
import { SCENARIOS, type Scenario, type Sent } from './expectations';
import type { Notes } from './notes';

export interface SuiteOptions {
  client: Inngest;
  notes: Notes;
  /** Makes crons fire now; without it the suite waits for the clock. */
  fireCrons?: () => Promise<void>;
  /** Processes are killed meanwhile: steps may run twice, but never too late, too early, or not at all. */
  atLeastOnce?: boolean;
  limitMs?: number;
}

export interface Verdict {
  scenario: string;
  /** null = as expected. */
  trouble: string | null;
}

/** After everything has come: what must not come would have come by then. */
const QUIET_MS = 700;

/** Runs all scenarios at once and says of each whether it went as expected. */
export async function runSuite(options: SuiteOptions): Promise<Verdict[]> {
  const suite = `s${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
  const deadline = Date.now() + (options.limitMs ?? 150_000);
  return Promise.all(SCENARIOS.map((scenario) => runScenario(scenario, suite, deadline, options)));
}

async function runScenario(
  scenario: Scenario,
  suite: string,
  deadline: number,
  options: SuiteOptions,
): Promise<Verdict> {
  const key = scenario.cron ? scenario.name : `${suite}-${scenario.name}`;
  const began = Date.now();
  const texts = () => options.notes.of(key).map(({ text }) => text);
  const until = async (look: () => boolean) => {
    while (!look() && Date.now() < deadline) await wait(20);
  };
  if (scenario.cron) await options.fireCrons?.();
  for (const sent of scenario.send) {
    const after = [sent.after ?? []].flat();
    await until(() => after.every((text) => texts().includes(text)));
    await send(options.client, key, sent);
  }
  options.notes.setAllSent(key);
  // A call that broke before it reached the function took an attempt that nobody noted: it must not be waited for.
  const wanted = scenario.notes.flat().filter((text) => !(options.atLeastOnce && isAttempt(text)));
  await until(() => wanted.every((text) => count(texts(), text) >= count(wanted, text)));
  await wait(QUIET_MS);
  return { scenario: scenario.name, trouble: judge(scenario, key, began, options) };
}

/** An executor that is being started again refuses events: whoever sends them comes again, as the panel's sweep does. */
async function send(client: Inngest, key: string, { name, data, id, delayMs }: Sent): Promise<void> {
  const event = { name, data: { key, ...data }, ...(delayMs ? { ts: Date.now() + delayMs } : {}) };
  const known = { ...event, id: id ? `${key}-${id}` : `${key}-${Math.random().toString(36).slice(2)}` };
  for (let tries = 1; ; tries += 1) {
    try {
      await client.send(known);
      return;
    } catch (error) {
      if (tries >= 60) throw error;
      await wait(250);
    }
  }
}

const count = (list: string[], text: string) => list.filter((each) => each === text).length;

function judge(scenario: Scenario, key: string, began: number, options: SuiteOptions): string | null {
  const noted = options.notes.of(key);
  const all = noted.map(({ text }) => text);
  const texts = scenario.cron ? all.slice(0, 1) : all;
  const right = options.atLeastOnce ? firstTimes(texts) : texts;
  if (!inOrder(options.atLeastOnce ? onceEach(scenario.notes) : scenario.notes, right))
    return `noted ${JSON.stringify(texts)}, expected ${JSON.stringify(scenario.notes)}`;
  const { gapMs, mostAtOnce } = scenario;
  if (gapMs) {
    const { from, to, atLeast } = gapMs;
    const first = (fits: (text: string) => boolean) => noted.find(({ text }) => fits(text))?.at ?? 0;
    const came = first((text) => text === to || (options.atLeastOnce === true && isLaterAttempt(text, to)));
    const gap = came - (from === undefined ? began : first((text) => text === from));
    if (gap < atLeast) return `"${to}" came after ${gap} ms instead of at least ${atLeast}`;
  }
  const most = options.notes.mostAtOnce(key);
  if (mostAtOnce && !options.atLeastOnce && (most.one > mostAtOnce.one || most.all > mostAtOnce.all))
    return `${JSON.stringify(most)} under way at once instead of ${JSON.stringify(mostAtOnce)}`;
  return null;
}

/** With repeats allowed only first times count; how many tries a step had is then nobody's promise. */
const firstTimes = (texts: string[]) => [...new Set(texts)].filter((text) => !isAttempt(text));

const isAttempt = (text: string) => text.startsWith('attempt');

/** A call that broke on its way took an attempt that nobody noted; the next one that was noted waited as long at least. */
const isLaterAttempt = (text: string, than: string) =>
  isAttempt(text) && isAttempt(than) && Number(text.split(' ')[1]) > Number(than.split(' ')[1]);

function onceEach(groups: Scenario['notes']): string[][] {
  const before = new Set<string>();
  return groups.map((group) => {
    const fresh = firstTimes([group].flat()).filter((text) => !before.has(text));
    for (const text of fresh) before.add(text);
    return fresh;
  });
}

function inOrder(groups: Scenario['notes'], texts: string[]): boolean {
  let at = 0;
  for (const group of groups) {
    const wanted = [group].flat();
    const found = texts.slice(at, at + wanted.length);
    if ([...found].sort().join('|') !== [...wanted].sort().join('|')) return false;
    at += wanted.length;
  }
  return texts.length === at;
}
