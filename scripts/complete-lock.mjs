// `npm run lock`: completes package-lock.json. npm leaves out optional packages for other platforms that the registry in
// use does not serve, and then refuses its own lock in `npm ci`. Run it after every change of a dependency.
import { readFileSync, writeFileSync } from 'node:fs';

const OS = /darwin|win32|android|freebsd|openharmony|linux|sunos|aix/;
const CPU = /arm64|x64|ia32|riscv64|ppc64|s390x|armv7|arm|wasm32|loong64|mips64el/;

const file = process.argv[2] ?? 'package-lock.json';
const lock = JSON.parse(readFileSync(file, 'utf8'));
const missing = Object.entries(lock.packages).flatMap(([path, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !entry.peerDependenciesMeta?.[name])
    .filter(([name]) => !lock.packages[`${path}/node_modules/${name}`] && !lock.packages[`node_modules/${name}`])
    .map(([name, range]) => [`node_modules/${name}`, entryFor(name, range, entry.dev)]),
);
const packages = { ...lock.packages, ...Object.fromEntries(missing) };
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)));
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
console.log(`${file}: ${missing.length} entries for other platforms added.`);

/** An entry without address and checksum: npm fills them in on the platform that needs the package. */
function entryFor(name, range, dev) {
  const [os] = OS.exec(name) ?? [];
  const [cpu] = CPU.exec(name) ?? [];
  return {
    version: String(range).replace(/^[\^~]/, ''),
    ...(cpu && { cpu: [cpu] }),
    ...(dev && { dev: true }),
    optional: true,
    ...(os && { os: [os] }),
  };
}
