import type { Definition } from './definition';
import { LOGIN_FIELDS } from './schemas';

/** A text for each English one: words that come back in many places of a definition are translated once. */
export type Words = Readonly<Record<string, string>>;

interface Texts {
  /** Of the fields that every server has, by their names. */
  config: Record<string, { title: string; description?: string }>;
  words: Words;
}

/** English is written where each field is described. */
const LANGUAGES: Record<string, () => Promise<{ default: Texts }>> = {
  tr: () => import('./messages/tr.json'),
};

/** The words of the editor's form in a language; what is not among them stays English. */
export async function readWords(language: string): Promise<Words> {
  if (!Object.hasOwn(LANGUAGES, language)) return {};
  return (await LANGUAGES[language]?.())?.default.words ?? {};
}

type Load = () => Promise<{ default: Record<string, unknown> }>;

const named = <T>(entries: [string, T][]) => Object.fromEntries(entries);

/** The texts of a definition, which has one language, and of what it asks for by itself, which has all. */
export function textsOf({ options, actions, connection }: Definition): Record<string, Load> {
  const own = {
    options: named(options.map(({ id, label }) => [id, label])),
    actions: named(actions.map(({ id, label }) => [id, label])),
  };
  const ours = new Set(['baseUrl', ...LOGIN_FIELDS[connection.authentication.by]]);
  const translated = Object.entries(LANGUAGES).map(([language, load]): [string, Load] => [
    language,
    async () => {
      const { config } = (await load()).default;
      return { default: { config: named(Object.entries(config).filter(([name]) => ours.has(name))) } };
    },
  ]);
  return { en: () => Promise.resolve({ default: own }), ...named(translated) };
}
