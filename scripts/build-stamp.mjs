// Tells whether the build at hand was made from the sources at hand.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const STAMP = join(root, '.next', 'build-stamp');
const FOLDERS = ['src', 'inngest', 'prisma', 'public', 'messages', 'scripts/demo', 'scripts/rotate-keys'];
const FILES = [
  'package-lock.json',
  'next.config.mjs',
  'postcss.config.mjs',
  'tailwind.config.ts',
  'tsconfig.json',
  'scripts/build.mjs',
  'scripts/bundled.mjs',
];
const IGNORED = /(^|\/)(generated|migrations|fixtures)\/|\.test\.tsx?$|\.md$/;
const OUTPUTS = ['.next/BUILD_ID', 'build/executor.mjs'];

/** A digest of everything a build is made from. */
export function sourceDigest() {
  const hash = createHash('sha256').update(process.version);
  const add = (path) => hash.update(`\0${path}\0`).update(readFileSync(join(root, path)));
  for (const file of FILES) if (existsSync(join(root, file))) add(file);
  for (const folder of FOLDERS.filter((name) => existsSync(join(root, name)))) {
    const entries = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length));
    for (const path of paths.sort()) if (!IGNORED.test(path)) add(path);
  }
  return hash.digest('hex');
}

/** True when nothing has changed since the last build. */
export function isBuilt() {
  if (!existsSync(STAMP) || OUTPUTS.some((path) => !existsSync(join(root, path)))) return false;
  return readFileSync(STAMP, 'utf8') === sourceDigest();
}

export const writeStamp = (digest) => writeFileSync(STAMP, digest);
