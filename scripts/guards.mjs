// `npm run guards`: takes each guard away in turn, in a copy of the tree, and says whether a test notices.
//   node scripts/guards.mjs [pattern of names]
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GUARDS } from './guards/list.mjs';
import { root, toolEnv } from './steps.mjs';

const [part = ''] = process.argv.slice(2);
const guards = GUARDS.filter(({ name }) => new RegExp(part).test(name));
const copy = mkdtempSync(join(tmpdir(), 'hyble-guards-'));
process.on('exit', () => rmSync(copy, { recursive: true, force: true }));

/** Everything that git knows or would add, and what was generated from it. */
function copyTree() {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
  for (const file of [...files, 'src/generated'])
    cpSync(join(root, file), join(copy, file), { recursive: true, force: true, errorOnExist: false });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
}

function testsPass(tests) {
  const { status, stdout, stderr } = spawnSync(
    'vitest',
    ['run', '--reporter=dot', '--project', 'node', '--project', 'db', ...tests],
    {
      cwd: copy,
      env: toolEnv(),
      encoding: 'utf8',
    },
  );
  return { pass: status === 0, output: stdout + stderr };
}

/** One guard taken away; true when a test noticed. */
function isNoticed({ file, find, replace, tests }) {
  const path = join(copy, file);
  const text = readFileSync(path, 'utf8');
  if (text.split(find).length !== 2)
    throw new Error(`${file} does not hold exactly once: ${find}\nBring scripts/guards/list.mjs up to date.`);
  writeFileSync(
    path,
    text.replace(find, () => replace),
  );
  try {
    return !testsPass(tests).pass;
  } finally {
    writeFileSync(path, text);
  }
}

copyTree();
const tests = [...new Set(guards.flatMap((guard) => guard.tests))];
console.log(`With all guards in place: ${tests.length} test files ...`);
const { pass, output } = testsPass(tests);
if (!pass) {
  console.error(`${output}\nThe tests fail already while every guard stands.`);
  process.exit(1);
}
const survivors = [];
for (const [index, guard] of guards.entries()) {
  const noticed = isNoticed(guard);
  if (!noticed) survivors.push(guard.name);
  console.log(`${index + 1} of ${guards.length}  ${noticed ? 'noticed ' : 'SURVIVED'}  ${guard.name}`);
}
console.log(`\n${guards.length} guards taken away in turn, survivors: ${survivors.length}`);
process.exit(survivors.length ? 1 : 0);
