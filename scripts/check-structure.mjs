// Rules about files that no linter knows: sizes, names, escapes from the type system, calls past the outbound client,
// tests that assert nothing, and documents that name files which are not there.
//   node scripts/check-structure.mjs
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const MAX_LINES = 400;
const CODE = /\.(ts|tsx|mjs|js)$/;
const TEST = /\.test\.tsx?$|^tests\/e2e\/.*\.spec\.ts$/;
const BANNED_NAMES = /(^|\/)(utils?|helpers?|managers?|misc|common)(\.[a-z]+)?(\/|$)/;
// The snippets are lines that people copy to their own machines: a text here, which calls nothing.
const MAY_DIAL =
  /\.test\.tsx?$|\/testing\/|^(src\/modules\/sdk\/|inngest\/embedded\/|scripts\/|tests\/|vitest\.config|playwright\.config|src\/features\/sso\/ui\/site-snippets\.ts$)/;
const TOP = '(src|inngest|prisma|scripts|tests|docs|public)';

const CAST = 'a double cast needs its reason in a comment on this line or the one above';

// globalThis is the exception: whatever must exist once per process hangs there, untyped (Next loads modules several times).
/** One rule per line of code: what it looks for, what to do instead, where it does not apply. */
const LINE_RULES = [
  { find: /(:|\bas|<|,)\s*any\b(?!\w)/, say: 'no `any`: name the type, or use unknown and narrow it' },
  { find: /@ts-(ignore|nocheck|expect-error)/, say: 'no suppressed type errors: mend the type' },
  {
    find: /(?<!globalThis )\bas unknown as\b(?!.*\/\/ )/,
    say: CAST,
    unless: /\.test\.tsx?$|\/testing\//,
  },
  {
    find: /(?<![\w.'"`])fetch\(|from '(undici|node:https?|node:tls|node:http2)'/,
    say: 'calls go out through src/modules/sdk, which checks the address and the certificate',
    unless: MAY_DIAL,
  },
  {
    find: /process\.env\b/,
    say: 'src/env.ts is the only reader of process.env',
    only: /^(src|inngest)\/(?!.*(\.test\.|\/testing\/))/,
    unless: /^src\/(env\.ts|instrumentation\.ts|i18n\/|features\/sso\/ui\/site-snippets\.ts$)/,
  },
  {
    find: /\bstep\.(waitForEvent|waitForSignal|invoke|ai|fetch|realtime)\b|\bgroup\.parallel\b/,
    say: 'the embedded executor does not do this: send an event that starts a run of its own',
    only: /^inngest\/functions\//,
  },
  { find: /\b(it|test|describe)\.(skip|only|todo)\b/, say: 'no skipped tests' },
];

/** Files of the project that git knows or would add, without generated ones. */
function listFiles(root) {
  const args = ['ls-files', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', args, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
  return files.filter((file) => existsSync(`${root}${file}`));
}

/** What is wrong with one source file, as `file:line: words`. */
export function checkSource(file, text) {
  const found = [];
  const lines = text.split('\n');
  if (lines.length - 1 > MAX_LINES)
    found.push(`${file}: ${lines.length - 1} lines, at most ${MAX_LINES}: split it by topic`);
  for (const [index, line] of lines.entries()) {
    const comment = /^\s*(\/\/|\*|\/\*)/.test(line);
    for (const { find, say, unless, only } of LINE_RULES) {
      if ((comment && !String(find).includes('@ts-')) || unless?.test(file) || (only && !only.test(file))) continue;
      if (say === CAST && /^\s*(\/\/|\*)/.test(lines[index - 1] ?? '')) continue;
      if (find.test(line)) found.push(`${file}:${index + 1}: ${say}`);
    }
  }
  if (TEST.test(file) && !/\bexpect\b|\bdescribe(ServerModule|EveryFault)\(/.test(text))
    found.push(`${file}: a test without expect asserts nothing`);
  return found;
}

/** Paths in backticks that a document names and that do not exist. Placeholders like <slug> and * are not paths. */
export function checkDocument(file, text, exists) {
  const paths = [...text.matchAll(new RegExp(`\`(${TOP}/[\\w./\\-\\[\\]()]+)\``, 'g'))].map(([, path]) => path);
  return [...new Set(paths)]
    .filter((path) => !exists(path))
    .map((path) => `${file}: names ${path}, which does not exist`);
}

function main() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const files = listFiles(root);
  const found = [];
  for (const file of files) {
    if (BANNED_NAMES.test(file)) found.push(`${file}: a name that says what is inside, please`);
    if (file.startsWith('scripts/check-structure.') || file.endsWith('.d.ts')) continue;
    if (CODE.test(file)) found.push(...checkSource(file, readFileSync(`${root}${file}`, 'utf8')));
    if (/^(README|docs\/.*)\.md$/.test(file)) {
      found.push(
        ...checkDocument(file, readFileSync(`${root}${file}`, 'utf8'), (path) => existsSync(`${root}${path}`)),
      );
    }
  }
  for (const line of found) console.error(line);
  console.log(`structure: ${files.length} files, ${found.length} against the rules`);
  process.exit(found.length ? 1 : 0);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
