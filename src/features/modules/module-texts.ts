import type { ServerModuleInterface } from '@/modules/sdk/contract';

/** A module's own texts in one language, read by path: `config.apiUrl.title`. */
export type ModuleTexts = (path: string) => string | null;

const FALL_BACK = 'en';

/** Texts of a module in a language, English where it lacks one, null where it has none at all. */
export async function textsOf(module: ServerModuleInterface | null, language: string): Promise<ModuleTexts> {
  const trees = await Promise.all([language, FALL_BACK].map((one) => loadTexts(module, one)));
  return (path) => {
    for (const tree of trees) {
      const text = path.split('.').reduce<unknown>(childOf, tree);
      if (typeof text === 'string') return text;
    }
    return null;
  };
}

async function loadTexts(module: ServerModuleInterface | null, language: string): Promise<unknown> {
  const messages = module?.messages;
  const load = messages && Object.hasOwn(messages, language) ? messages[language] : undefined;
  return load ? (await load()).default : {};
}

function childOf(tree: unknown, key: string): unknown {
  return typeof tree === 'object' && tree !== null && Object.hasOwn(tree, key) ? Reflect.get(tree, key) : undefined;
}
