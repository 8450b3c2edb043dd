import { dirname, isAbsolute, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
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
const shared = globalThis as unknown as { hybleModules?: Map<string, ExternalModule> };
shared.hybleModules ??= new Map();
const external = shared.hybleModules;

function loadBuiltIn(slug: string, load: () => Promise<{ default: unknown }>): Promise<ServerModuleInterface> {
  const known = loaded.get(slug) ?? load().then((file) => asServerModule(file.default, slug));
  loaded.set(slug, known);
  return known;
}

/** The module with this slug, or null when this installation has none. */
export async function getModule(slug: string): Promise<ServerModuleInterface | null> {
  const added = external.get(slug);
  if (added) return added.module;
  // Own keys only: a slug comes from the database, and `constructor` is no module.
  const load = Object.hasOwn(BUILT_IN, slug) ? BUILT_IN[slug] : undefined;
  return load ? loadBuiltIn(slug, load) : null;
}

/** All modules of this installation, built-in ones first. */
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
  return Object.hasOwn(BUILT_IN, slug) ? join(/* turbopackIgnore: true */ process.cwd(), 'src', 'modules', slug) : null;
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
      external.set(module.slug, { module, folder: isFile ? dirname(resolve(name)) : null });
    } catch (error) {
      const why = error instanceof Error ? error.message : 'unknown reason';
      throw new Error(`The module "${name}" named in HYBLE_MODULES cannot be used: ${why}`, { cause: error });
    }
  }
}
