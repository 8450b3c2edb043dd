// `npm test`: everything that can be tested by running it. Ends with one line: "N passed, N failed".
//   node scripts/test.mjs
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './find-chromium.mjs';
import { runStep, runStepBeside } from './steps.mjs';

const results = mkdtempSync(join(tmpdir(), 'hyble-results-'));
const total = { passed: 0, failed: 0 };
let broken = false;

const node = (script, ...args) => [process.execPath, `scripts/${script}`, ...args];
const step = (name, command, env) => {
  const ok = runStep({ name, command, env });
  broken ||= !ok;
  return ok;
};
const stepBeside = async (name, command, env) => {
  const ok = await runStepBeside({ name, command, env });
  broken ||= !ok;
};

/** Adds up what a runner wrote into its JSON report; a runner that wrote none has failed before its first test. */
function count(name, read) {
  try {
    const { passed, failed } = read(JSON.parse(readFileSync(join(results, name), 'utf8')));
    total.passed += passed;
    total.failed += failed;
  } catch {
    total.failed += 1;
  }
}

function vitest(file, projects) {
  const select = projects.flatMap((project) => ['--project', project]);
  const report = ['--reporter=default', '--reporter=json', `--outputFile.json=${join(results, file)}`];
  return ['vitest', 'run', ...select, ...report];
}

function countVitest(file) {
  count(file, (report) => ({
    passed: report.numPassedTests,
    // A file that cannot be loaded counts as one failure though none of its tests ran.
    failed:
      report.numFailedTests +
      report.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.length).length,
  }));
}

async function browser() {
  let path;
  try {
    path = await findChromium();
  } catch (error) {
    console.error(error.message);
    broken = true;
    total.failed += 1;
    return;
  }
  console.log(`\nChromium: ${path}`);
  const env = { CHROMIUM_PATH: path, PLAYWRIGHT_JSON_OUTPUT_NAME: join(results, 'stories.json') };
  await stepBeside('browser stories', ['playwright', 'test', '--reporter=list,json'], env);
  count('stories.json', ({ stats, errors }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + errors.length,
  }));
}

if (step('database client', node('generate.mjs', '--quiet'))) {
  step('unit, database and component tests', vitest('units.json', ['node', 'db', 'dom']));
  countVitest('units.json');
  if (step('build', node('build.mjs'))) {
    // Both spend most of their time waiting for programs of their own, so they share the machine.
    const stories = browser();
    await stepBeside('fault tests', vitest('faults.json', ['faults']));
    countVitest('faults.json');
    await stories;
  }
}
rmSync(results, { recursive: true, force: true });
if (broken && total.failed === 0) total.failed = 1; // a runner that fails without a failed test has failed nonetheless
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exit(total.failed ? 1 : 0);
