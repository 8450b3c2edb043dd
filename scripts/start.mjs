// `npm start`: the real thing.
import { createHash, randomInt } from 'node:crypto';
import pg from 'pg';
import { isBuilt } from './build-stamp.mjs';
import { runSteps } from './steps.mjs';
import { runUntilSignal, say, toScreen } from './supervisor/screen.mjs';
import { supervise } from './supervisor.mjs';

if (!isBuilt() && !runSteps([{ name: 'build', command: [process.execPath, 'scripts/build.mjs'] }])) process.exit(1);

await runUntilSignal(async (onHopeless) => {
  let code = '';
  const running = await supervise({
    mode: 'production',
    dataDir: process.env.HYBLE_DATA_DIR || './data',
    log: say,
    outputOf: toScreen,
    onHopeless,
    beforeWeb: async ({ databaseUrl }) => {
      if (await hasAdministrator(databaseUrl)) return {};
      code = setupCode();
      // Only the digest travels to the web process; the code itself is on this screen and nowhere else.
      return { HYBLE_SETUP_CODE_HASH: createHash('sha256').update(code).digest('hex') };
    },
  });
  say(`\nHyble Provisioning is ready: ${running.publicUrl}`);
  if (code) {
    say(
      `There is no administrator yet. Open ${running.publicUrl}/setup and give this code, valid until the next start:\n\n    ${code}\n`,
    );
  }
  return running;
});

async function hasAdministrator(connectionString) {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return (await client.query(`select 1 from "User" where role = 'ADMIN' limit 1`)).rowCount > 0;
  } finally {
    await client.end();
  }
}

/** Four groups of four letters and digits that cannot be mistaken for one another: 80 bits. */
function setupCode() {
  const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';
  const group = () => Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join('');
  return Array.from({ length: 4 }, group).join('-');
}
