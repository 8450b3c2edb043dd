import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { moduleFolder } from '@/modules/registry';

const LARGEST = 200_000;

async function readModuleFile(slug: string, name: 'README.md' | 'logo.svg'): Promise<string | null> {
  const folder = moduleFolder(slug);
  if (folder === null) return null;
  try {
    return (await readFile(join(/* turbopackIgnore: true */ folder, name), 'utf8')).slice(0, LARGEST);
  } catch {
    // A module without a read-me or logo is a module all the same.
    return null;
  }
}

export interface Readme {
  text: string;
  /** `panelVersions`, `testedAgainst`, `documentation` and whatever else stands above the text. */
  facts: Record<string, string>;
}

/** The read-me of a module: the facts above it, and its text. */
export async function readReadme(slug: string): Promise<Readme | null> {
  const whole = await readModuleFile(slug, 'README.md');
  return whole === null ? null : splitReadme(whole);
}

/** Facts are `name: value` lines between two lines of dashes. */
export function splitReadme(whole: string): Readme {
  const [, head, text] = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/.exec(whole) ?? [];
  if (head === undefined || text === undefined) return { text: whole, facts: {} };
  const facts = head.split(/\r?\n/).flatMap((line): [string, string][] => {
    const [, name, value] = /^(\w+):\s*"?(.*?)"?\s*$/.exec(line) ?? [];
    return name && value ? [[name, value]] : [];
  });
  return { text: text.trim(), facts: Object.fromEntries(facts) };
}

/** As an address that `<img>` takes: an image cannot run what is written inside it. */
export async function readLogo(slug: string): Promise<string | null> {
  const svg = await readModuleFile(slug, 'logo.svg');
  return svg === null ? null : `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
}
