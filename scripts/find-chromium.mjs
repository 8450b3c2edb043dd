// Finds a Chromium for the browser tests, or installs one where that is allowed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome'];
const APT_OPTIONS = ['-o', 'DPkg::Lock::Timeout=500', '-y', '-q'];
const PACKAGES = ['chromium', 'fonts-liberation'];

/** The path of a Chromium that starts. Throws in words when there is none and none can be installed. */
export async function findChromium(log = console.log) {
  const found = lookUp(await bundled());
  if (found) return found;
  log('No Chromium found; trying to install one.');
  for (const { name, install } of ways()) {
    log(`  by ${name} ...`);
    if (!install()) continue;
    const installed = lookUp(await bundled());
    if (installed) return installed;
  }
  throw new Error(
    'The browser tests need Chromium, and it could not be installed here. Install it (Debian: sudo apt-get install chromium) ' +
      'or name one: CHROMIUM_PATH=/path/to/chromium npm test',
  );
}

function lookUp(own) {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const paths = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [process.env.CHROMIUM_PATH, ...paths, own].find((path) => path && existsSync(path) && starts(path));
}

const starts = (path) =>
  spawnSync(path, ['--version', '--no-sandbox'], { stdio: 'ignore', timeout: 30_000 }).status === 0;

/** Where Playwright would put a browser of its own. */
async function bundled() {
  const { chromium } = await import('@playwright/test');
  return chromium.executablePath();
}

function ways() {
  const run = (program, args, options) =>
    spawnSync(program, args, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      timeout: 600_000,
      ...options,
    }).status === 0;
  const apt = (...before) => {
    const [program, ...args] = [...before, 'apt-get'];
    run(program, [...args, 'update', '-q']); // an old list is still worth a try
    return run(program, [...args, 'install', ...APT_OPTIONS, ...PACKAGES]);
  };
  const playwright = () =>
    run(process.execPath, ['node_modules/@playwright/test/cli.js', 'install', 'chromium'], { timeout: 240_000 });
  const asRoot = { name: 'apt-get', install: () => apt() };
  const download = { name: 'playwright install', install: playwright };
  const asSudo = { name: 'sudo apt-get', install: () => run('sudo', ['-n', 'true']) && apt('sudo', '-n') };
  return process.getuid?.() === 0 ? [asRoot, download] : [asSudo, download];
}
