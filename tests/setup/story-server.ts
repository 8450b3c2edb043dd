import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { scanDemo } from './canary-scan';
import { newDataFolder, readLogs, removeFolder, startDemo } from './demo';

/** Typed by stories as passwords of people and of accounts. */
const TYPED = { 'password of a story': 'a long and quiet password' };

const ANSWERS = 'answers-to-stories.jsonl';

/** Keeps an answer that a browser got, for the search at the end. */
export function keepAnswer(folder: string, text: string): void {
  appendFileSync(join(folder, ANSWERS), `${JSON.stringify(text)}\n`);
}

function heardIn(folder: string): string[] {
  const file = join(folder, ANSWERS);
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as string);
}

/** One demo on a fresh folder for all browser stories of a run. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = newDataFolder();
  // A story about five tries should not take the three minutes that they take in earnest.
  const demo = await startDemo({ folder, env: { HYBLE_RETRY_DELAYS: '1,1,1,1', LOG_LEVEL: 'debug' } });
  // Playwright hands the environment of this process to its workers.
  process.env.HYBLE_STORY_FACTS = JSON.stringify(demo.facts);
  process.env.HYBLE_STORY_FOLDER = folder;
  return async () => {
    try {
      // After all stories, whatever they did: no secret of theirs lies where it does not belong.
      console.log(await scanDemo(demo, { heard: heardIn(folder), planted: TYPED }));
    } finally {
      await demo.stop();
      if (process.env.HYBLE_STORY_LOGS) console.log(readLogs(folder));
      removeFolder(folder);
    }
  };
}
