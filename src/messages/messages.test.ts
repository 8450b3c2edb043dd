import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, it } from 'vitest';
import { REASON_CODES } from '@/features/operations/reasons';
import { TIMELINE_TYPES } from '@/features/operations/timeline';
import en from './en.json';
import tr from './tr.json';

interface Tree {
  [key: string]: string | Tree;
}

function flatten(tree: Tree, prefix = ''): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') texts.set(prefix + key, value);
    else for (const [path, text] of flatten(value, `${prefix}${key}.`)) texts.set(path, text);
  }
  return texts;
}

/** Names that a text expects to be filled, those inside plural and select arms included. */
function argumentsOf(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.tag) return [`<${element.value}>`, ...argumentsOf(element.children)];
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [element.value];
    return [element.value, ...Object.values(element.options).flatMap(({ value }) => argumentsOf(value))];
  });
}

const unique = (names: string[]) => [...new Set(names)].sort();
const texts = { en: flatten(en), tr: flatten(tr) };

describe('message files', () => {
  it('have the same keys in every language', () => {
    expect([...texts.tr.keys()].sort()).toEqual([...texts.en.keys()].sort());
  });

  it.each(['en', 'tr'] as const)('holds only texts that can be read as ICU messages: %s', (locale) => {
    for (const [key, text] of texts[locale]) {
      expect(text.trim(), `${locale} ${key}`).not.toBe('');
      expect(() => parse(text), `${locale} ${key}`).not.toThrow();
    }
  });

  it('ask for the same arguments in every language', () => {
    for (const [key, text] of texts.en) {
      const other = texts.tr.get(key) ?? '';
      expect(unique(argumentsOf(parse(other))), key).toEqual(unique(argumentsOf(parse(text))));
    }
  });

  it.each(REASON_CODES)('explains the reason %s: what happened, what it means, what to do', (code) => {
    for (const part of ['title', 'meaning', 'next', 'short']) {
      expect(texts.en.has(`reasons.${code}.${part}`), part).toBe(true);
    }
  });

  it.each(TIMELINE_TYPES)('has words for the timeline entry %s', (type) => {
    expect(texts.en.has(`timeline.${type}`)).toBe(true);
  });
});
