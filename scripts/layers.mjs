// Who may import whom, stated once as data, and the check of it.
//   node scripts/layers.mjs
// For a new kind of file add a layer; for a new module that needs a package of its own add it to MODULE_PACKAGES.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FEATURE = '^src/features/[^/]+/';
const PRISMA = '^src/generated/prisma/';
const SCHEMA = `${FEATURE}[a-z-]*schema\\.ts$`;
/** Pure decisions, words and tables that a browser may load as well: no database, no server-only import. */
const PURE = `${FEATURE}(reasons|timeline|choices|[a-z-]*states|words|labels|permissions)\\.ts$`;
const UI = `${FEATURE}ui/`;
const EVENTS = '^inngest/(client|events)\\.ts$';
const LIB = '^src/lib/';
const ENV = '^src/env\\.ts$';
const I18N = '^src/i18n/';
const COMPONENTS = '^src/components/';
const SDK = '^src/modules/sdk/';
const GENERIC = '^src/modules/generic-api/';
/** What a generic module is described with; plain schemas, safe for the browser. */
const DEFINITION = '^src/modules/generic-api/definition[a-z-]*\\.ts$';
const MODULE_ERRORS = '^src/modules/sdk/(errors|outcome|contract)\\.ts$';

/** What a module folder may use besides the SDK and zod. */
const MODULE_PACKAGES = ['zod'];

/**
 * `from` is matched against files of ours, `but` takes some out again. `may` lists the local files they may import
 * (their own folder is not implied). `packages`: the only packages and node built-ins allowed; `never`: packages forbidden.
 */
export const LAYERS = [
  {
    name: 'pages',
    from: '^src/app/',
    but: ['^src/app/api/', '/route\\.ts$'],
    may: ['^src/app/', UI, SCHEMA, PURE, '^src/trpc/', COMPONENTS, I18N, ENV],
    never: ['pg', '@prisma/client', 'inngest', 'undici'],
  },
  {
    name: 'route-handlers',
    from: '^src/app/.*/route\\.ts$',
    may: ['^src/app/', `${FEATURE}[^/]+\\.ts$`, '^src/trpc/', '^inngest/', LIB, ENV, I18N],
    never: ['pg', '@prisma/client', 'undici'],
  },
  {
    name: 'feature-ui',
    from: UI,
    may: [UI, SCHEMA, PURE, DEFINITION, COMPONENTS, '^src/trpc/(client|types)', I18N],
    never: ['pg', '@prisma/client', '@trpc/server', 'inngest', 'undici', 'pino', 'next-auth/next'],
  },
  {
    name: 'feature-schemas',
    from: SCHEMA,
    may: [SCHEMA, PURE, DEFINITION, `${PRISMA}(enums|browser)\\.ts$`],
    packages: ['zod', 'dayjs'],
  },
  {
    name: 'routers',
    from: `${FEATURE}[a-z-]*router\\.ts$`,
    may: ['^src/trpc/init\\.ts$', `${FEATURE}[^/]+\\.ts$`, LIB],
    never: ['pg', '@prisma/client', 'inngest', 'undici', 'react', 'next'],
  },
  {
    name: 'trpc',
    from: '^src/trpc/',
    may: ['^src/trpc/', `${FEATURE}[^/]+\\.ts$`, LIB, ENV, I18N],
    never: ['pg', '@prisma/client', 'inngest', 'undici'],
  },
  {
    name: 'verbs-and-queries',
    from: `${FEATURE}[^/]+\\.ts$`,
    but: ['router\\.ts$', SCHEMA],
    may: [
      LIB,
      ENV,
      I18N,
      `${FEATURE}[^/]+\\.ts$`,
      `${FEATURE}templates/`,
      '^src/modules/registry\\.ts$',
      DEFINITION,
      SDK,
      EVENTS,
      PRISMA,
    ],
    never: ['@trpc/server', '@trpc/client', 'react', 'react-dom', 'next', 'undici'],
  },
  {
    name: 'mail-templates',
    from: `${FEATURE}templates/`,
    may: [`${FEATURE}(templates/|[^/]+\\.ts$)`, LIB, I18N],
    never: ['pg', '@prisma/client', '@trpc/server', 'undici'],
  },
  {
    name: 'durable-functions',
    from: '^inngest/(functions/|functions\\.ts$|events\\.ts$|client\\.ts$|step-errors\\.ts$)',
    may: ['^inngest/(?!embedded/)', `${FEATURE}[^/]+\\.ts$`, MODULE_ERRORS, LIB, ENV],
    never: ['pg', '@prisma/client', '@trpc/server', 'react', 'next', 'undici'],
  },
  {
    name: 'embedded-executor',
    from: '^inngest/embedded/',
    may: ['^inngest/embedded/'],
    packages: ['pg', 'canonicalize', 'croner', '@marcbachmann/cel-js', 'zod', 'node'],
  },
  {
    name: 'module-sdk',
    from: SDK,
    may: [SDK],
    packages: ['zod', 'undici', 'ipaddr.js', 'tldts', 'vitest', 'node'],
  },
  {
    name: 'module-registry',
    from: '^src/modules/[^/]+\\.ts$',
    may: ['^src/modules/', ENV, LIB],
    never: ['pg', '@prisma/client', '@trpc/server', 'react', 'next', 'undici'],
  },
  {
    name: 'server-modules',
    from: '^src/modules/([^/]+)/',
    but: [SDK, GENERIC],
    may: [SDK, '^src/modules/$1/'],
    packages: MODULE_PACKAGES,
  },
  {
    name: 'generic-api',
    from: GENERIC,
    may: [SDK, GENERIC],
    packages: [...MODULE_PACKAGES, 'liquidjs', '@marcbachmann/cel-js'],
  },
  {
    name: 'components',
    from: COMPONENTS,
    may: [COMPONENTS, I18N],
    never: ['pg', '@prisma/client', '@trpc/server', 'inngest', 'undici', 'pino'],
  },
  {
    name: 'lib',
    from: LIB,
    may: [LIB, ENV, PRISMA, I18N],
    never: ['@trpc/server', '@trpc/client', 'react', 'undici'],
  },
  { name: 'env', from: ENV, may: [], packages: ['zod', '@t3-oss/env-nextjs'] },
];

/** Files that tests and the demo are made of; layers do not bind them, circles do. */
const TEST_FILES = [
  '\\.test\\.tsx?$',
  '/testing/',
  '/simulator[^/]*\\.ts$',
  '/simulator/',
  '/demo\\.ts$',
  '^src/modules/sdk/contract-',
];
/** Of those, the ones production code must never reach. */
const SIMULATORS = ['^src/modules/[^/]+/(simulator|demo)[-/.]', '\\.test\\.tsx?$', '/testing/'];

const FOLDERS = ['src', 'inngest', 'prisma'];
const OURS = '^(src|inngest|prisma|tests|scripts)/';

/** dependency-cruiser's rules, made from the table above. */
export function toRules(layers = LAYERS) {
  const rules = layers.flatMap(({ name, from, but = '^$', may, packages, never = [] }) => [
    {
      name: `${name}: local`,
      severity: 'error',
      from: { path: from, pathNot: [...[but].flat(), ...TEST_FILES] },
      to: { path: OURS, pathNot: may.length ? may : ['^$'] },
    },
    {
      name: `${name}: packages`,
      severity: 'error',
      from: { path: from, pathNot: [...[but].flat(), ...TEST_FILES] },
      to: packages ? onlyPackages(packages) : { path: never.length ? never.map(inPackage) : '^$' },
    },
  ]);
  return [
    ...rules,
    { name: 'no circles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'imports that resolve', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'simulators and tests stay out of production code',
      severity: 'error',
      from: { pathNot: [...TEST_FILES, ...SIMULATORS, '^prisma/'] },
      to: { path: SIMULATORS },
    },
  ];
}

const inPackage = (name) => `node_modules/${name}(/|$)`;

function onlyPackages(names) {
  const kinds = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-bundled', 'npm-no-pkg', 'npm-unknown'];
  if (!names.includes('node')) kinds.push('core');
  return { dependencyTypes: kinds, pathNot: names.map(inPackage) };
}

/** Every TypeScript file of ours; the parser must have seen each, or it has quietly seen none. */
function countFiles() {
  const skip = /(^|\/)generated\//;
  return FOLDERS.flatMap((folder) => {
    const entries = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
    return entries.filter((path) => /\.tsx?$/.test(path) && !skip.test(path));
  }).length;
}

const root = fileURLToPath(new URL('..', import.meta.url));

async function main() {
  process.chdir(root);
  const { cruise } = await import('dependency-cruiser');
  const { output } = await cruise(
    FOLDERS,
    {
      ruleSet: { forbidden: toRules() },
      validate: true,
      tsPreCompilationDeps: true,
      tsConfig: { fileName: 'tsconfig.json' },
      doNotFollow: { path: ['node_modules', PRISMA] },
      exclude: { path: ['\\.(css|json|svg|sql|prisma|md)$'] },
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['import', 'require', 'node', 'default', 'types'],
      },
    },
    { alias: { '@': join(root, 'src'), '~inngest': join(root, 'inngest') } },
  );
  const seen = output.modules.filter(
    ({ source }) => /^(src|inngest|prisma)\/.*\.tsx?$/.test(source) && !/\/generated\//.test(source),
  );
  const expected = countFiles();
  for (const { rule, from, to, cycle } of output.summary.violations) {
    console.error(`${rule.name}: ${from} -> ${cycle ? cycle.map(({ name }) => name).join(' -> ') : to}`);
  }
  const imports = seen.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
  if (seen.length < expected || (expected > 5 && imports < expected / 2)) {
    console.error(
      `Saw ${seen.length} of ${expected} files and ${imports} imports: the parser for TypeScript is missing (@swc/core). Run npm ci.`,
    );
    process.exitCode = 1;
  }
  if (output.summary.violations.length) process.exitCode = 1;
  console.log(
    `layers: ${seen.length} files, ${imports} imports, ${output.summary.violations.length} against the rules`,
  );
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main();
