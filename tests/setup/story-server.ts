import { newDataFolder, readLogs, removeFolder, startDemo } from './demo';

/** One demo on a fresh folder for all browser stories of a run. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = newDataFolder();
  // A story about five tries should not take the three minutes that they take in earnest.
  const demo = await startDemo({ folder, env: { HYBLE_RETRY_DELAYS: '1,1,1,1' } });
  // Playwright hands the environment of this process to its workers.
  process.env.HYBLE_STORY_FACTS = JSON.stringify(demo.facts);
  process.env.HYBLE_STORY_FOLDER = folder;
  return async () => {
    await demo.stop();
    if (process.env.HYBLE_STORY_LOGS) console.log(readLogs(folder));
    removeFolder(folder);
  };
}
