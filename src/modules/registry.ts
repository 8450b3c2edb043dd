import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Checked } from './generic-api/check-definition';
import { type Definition, definitionSchema, GENERIC_PREFIX, type OperationName } from './generic-api/definition';
import type { PreviewedRequest } from './generic-api/preview';
import type { ServerModuleInterface } from './sdk/contract';
import { asServerModule } from './sdk/load-module';

/** Every module that comes with the program: one lazy line each, so that nobody pays for a panel they do not use. */
const BUILT_IN: Record<string, () => Promise<{ default: unknown }>> = {
  cpanel: () => import('./cpanel'),
  pickaxe: () => import('./pickaxe'),
};

const loaded = new Map<string, Promise<ServerModuleInterface>>();

interface ExternalModule {
  module: ServerModuleInterface;
  /** Where its read-me and logo stand; null for a package. */
  folder: string | null;
}
// Next loads this file more than once per process: what the start loaded must be there for every page.
const shared = globalThis as unknown as {
  hybleModules?: Map<string, ExternalModule>;
  hybleDefinitions?: Definitions;
};
shared.hybleModules ??= new Map();
const external = shared.hybleModules;

/** One version of a generic module as it is stored. */
export interface StoredDefinition {
  slug: string;
  moduleId: string;
  version: number;
  definition: unknown;
}
/** Finds a definition by its row's slug: the version that is asked for, else the newest. */
export type DefinitionSource = (slug: string, version: number | null) => Promise<StoredDefinition | null>;

interface Definitions {
  source: DefinitionSource | null;
  /**
   * The newest version of each, by slug. In memory, because modules are asked for inside transactions, where a second
   * connection could be waited for without end.
   */
  newest: Map<string, StoredDefinition>;
}
shared.hybleDefinitions ??= { source: null, newest: new Map() };
const definitions = shared.hybleDefinitions;

/** Tells where definitions are kept; once, at the start. Without it there are no generic modules. */
export function provideDefinitions(source: DefinitionSource): void {
  definitions.source = source;
}

/** The newest versions that are known here. */
export function knownDefinitions(): readonly StoredDefinition[] {
  return [...definitions.newest.values()];
}

/** All newest versions there are; what is not among them is gone. */
export function keepDefinitions(all: readonly StoredDefinition[]): void {
  definitions.newest.clear();
  for (const one of all) definitions.newest.set(one.slug, one);
}

async function findDefinition(slug: string, version: number | null): Promise<StoredDefinition | null> {
  const known = definitions.newest.get(slug);
  if (known && (version === null || version === known.version)) return known;
  const found = (await definitions.source?.(slug, version)) ?? null;
  if (found && version === null) definitions.newest.set(slug, found);
  return found;
}

const MOST_MADE = 200;
const made = new Map<string, ServerModuleInterface>();

async function makeGeneric(slug: string, version: number | null): Promise<ServerModuleInterface | null> {
  const stored = await findDefinition(slug, version);
  if (!stored) return null;
  // A version never changes, so what was made from it stays good.
  const key = `${stored.moduleId} ${stored.version}`;
  const known = made.get(key);
  if (known) return known;
  const { makeModule } = await import('./generic-api');
  const module = makeModule(definitionSchema.parse(stored.definition), stored.version);
  if (made.size >= MOST_MADE) made.clear();
  made.set(key, module);
  return module;
}

/** What the schema of a definition cannot see: expressions, templates, names, and what depends on each other. */
export async function checkDefinition(definition: Definition): Promise<Checked> {
  return (await import('./generic-api/check-definition')).checkDefinition(definition);
}

/** The module that a definition would be, stored or not. */
export async function tryDefinition(definition: Definition): Promise<ServerModuleInterface> {
  return (await import('./generic-api')).makeModule(definition, 0);
}

/** The requests of one operation of a definition, filled in for a sample; nothing is sent. */
export async function previewDefinition(definition: Definition, name: OperationName): Promise<PreviewedRequest[]> {
  return (await import('./generic-api/preview')).previewOperation(definition, name);
}

/** Texts of a definition's form and of the ready ones in a language, by the English ones. */
export async function definitionWords(language: string): Promise<Readonly<Record<string, string>>> {
  return (await import('./generic-api/texts')).readWords(language);
}

/** Definitions that come with the program, for staff to add. */
export async function listReadyDefinitions(): Promise<Definition[]> {
  return (await import('./generic-api/ready')).listReady();
}

function loadBuiltIn(slug: string, load: () => Promise<{ default: unknown }>): Promise<ServerModuleInterface> {
  const known = loaded.get(slug) ?? load().then((file) => asServerModule(file.default, slug));
  loaded.set(slug, known);
  return known;
}

/**
 * The module with this slug, or null when this installation has none. `version` matters for generic modules alone: work
 * goes on with the version it began with.
 */
export async function getModule(slug: string, version: number | null = null): Promise<ServerModuleInterface | null> {
  const added = external.get(slug);
  if (added) return added.module;
  // Own keys only: a slug comes from the database, and `constructor` is no module.
  const load = Object.hasOwn(BUILT_IN, slug) ? BUILT_IN[slug] : undefined;
  if (load) return loadBuiltIn(slug, load);
  return slug.startsWith(GENERIC_PREFIX) ? makeGeneric(slug, version) : null;
}

/** All modules of this installation that are code, built-in ones first. */
export async function listModules(): Promise<ServerModuleInterface[]> {
  const builtIn = await Promise.all(Object.entries(BUILT_IN).map(([slug, load]) => loadBuiltIn(slug, load)));
  return [...builtIn.filter(({ slug }) => !external.has(slug)), ...[...external.values()].map(({ module }) => module)];
}

/** Whether a module came from outside and may dial by itself. */
export function isExternal(slug: string): boolean {
  return external.has(slug);
}

/** The folder with a module's read-me and logo; null when there is none to look into. */
export function moduleFolder(slug: string): string | null {
  const added = external.get(slug);
  if (added) return added.folder;
  const name = slug.startsWith(GENERIC_PREFIX) ? 'generic-api' : Object.hasOwn(BUILT_IN, slug) ? slug : null;
  return name === null ? null : join(/* turbopackIgnore: true */ process.cwd(), 'src', 'modules', name);
}

/**
 * Loads modules that an installation names in its environment: package names or paths, never anything uploaded. One
 * that cannot be used ends the start with its name and the reason.
 */
export async function loadExternalModules(names: readonly string[]): Promise<void> {
  for (const name of names) {
    const isFile = name.startsWith('.') || isAbsolute(name);
    const target = isFile ? pathToFileURL(resolve(name)).href : name;
    try {
      const file = (await import(/* webpackIgnore: true */ /* turbopackIgnore: true */ target)) as {
        default?: unknown;
      };
      const module = asServerModule(file.default ?? file, name);
      if (module.slug.startsWith(GENERIC_PREFIX))
        throw new Error(`its slug begins with "${GENERIC_PREFIX}", which is for modules without code`);
      external.set(module.slug, { module, folder: isFile ? dirname(resolve(name)) : null });
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unknown reason';
      throw new Error(`The module "${name}" named in HYBLE_MODULES cannot be used: ${why}`, { cause: error });
    }
  }
}
