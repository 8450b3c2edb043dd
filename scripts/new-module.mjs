// Begins a server module: a folder of the usual shape, one line in the registry, and a contract test that is red
// until the module keeps the contract.
//   npm run new:module -- <slug> ["Name as shown"]
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a template goes, when not to its own name. */
const PLACES = {
  'module.test.ts.txt': (slug) => [`${slug}.test.ts`],
  'messages.json.txt': () => ['messages/en.json', 'messages/tr.json'],
};
const REGISTRY_START = 'const BUILT_IN: Record<string, () => Promise<{ default: unknown }>> = {\n';

function fail(message) {
  console.error(message);
  process.exit(1);
}

function wordsOf(slug) {
  return slug.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1));
}

/** Makes the folder and the registry line; answers the files it wrote, relative to `modules`. */
export function newModule(modules, slug, name = wordsOf(slug).join(' ')) {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(slug))
    throw new Error(`"${slug}" is no slug. Use lower-case letters, digits and dashes.`);
  const folder = join(modules, slug);
  if (existsSync(folder)) throw new Error(`${folder} exists already. Choose another slug, or remove it first.`);
  const registry = join(modules, 'registry.ts');
  const before = readFileSync(registry, 'utf8');
  if (!before.includes(REGISTRY_START))
    throw new Error(`${registry} has another form than expected. Add the line by hand.`);
  const pascal = wordsOf(slug).join('');
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  const values = { __slug__: slug, __Name__: name, __Pascal__: pascal, __camel__: camel };
  const templates = join(dirname(fileURLToPath(import.meta.url)), 'new-module');
  const written = [];
  for (const file of readdirSync(templates).filter((entry) => entry.endsWith('.txt'))) {
    const text = readFileSync(join(templates, file), 'utf8').replace(/__\w+?__/g, (key) => values[key] ?? key);
    for (const place of PLACES[file]?.(slug) ?? [file.slice(0, -'.txt'.length)]) {
      mkdirSync(dirname(join(folder, place)), { recursive: true });
      writeFileSync(join(folder, place), text);
      written.push(`${slug}/${place}`);
    }
  }
  const key = slug === camel ? slug : `'${slug}'`;
  writeFileSync(registry, before.replace(REGISTRY_START, `${REGISTRY_START}  ${key}: () => import('./${slug}'),\n`));
  return written;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [slug, name] = process.argv.slice(2);
  if (!slug) fail('Usage: npm run new:module -- <slug> ["Name as shown"]');
  try {
    const written = newModule('src/modules', slug, name);
    // Names of another length break lines elsewhere.
    spawnSync('npx', ['biome', 'check', '--write', `src/modules/${slug}`, 'src/modules/registry.ts'], {
      stdio: 'ignore',
    });
    console.log(
      `${written.map((file) => `  src/modules/${file}`).join('\n')}\n\nNext: npx vitest run src/modules/${slug}\nThe contract suite is red; make it green from the top.`,
    );
  } catch (error) {
    fail(error instanceof Error ? error.message : String(error));
  }
}
