import type { FormSchema } from './module-forms';

type Json = FormSchema[string];

/** What people read in a form: titles and help, and the names of choices. */
const READ = new Set(['title', 'description']);

/** A form's texts by their English words; a text without a translation stays. Fields may be called "title" themselves. */
export function translateForm(form: FormSchema, words: Readonly<Record<string, string>>): FormSchema {
  const say = (text: string) => (Object.hasOwn(words, text) ? (words[text] ?? text) : text);
  const entries = Object.entries(form).map(([key, value]): [string, Json] => {
    if (typeof value === 'string') return [key, READ.has(key) ? say(value) : value];
    if (key === 'labels' && isObject(value)) return [key, sayAll(value, say)];
    return [key, translate(value, words)];
  });
  return Object.fromEntries(entries);
}

function translate(value: Json, words: Readonly<Record<string, string>>): Json {
  if (Array.isArray(value)) return value.map((one) => translate(one, words));
  return isObject(value) ? translateForm(value, words) : value;
}

function sayAll(labels: FormSchema, say: (text: string) => string): FormSchema {
  return Object.fromEntries(
    Object.entries(labels).map(([value, label]) => [value, typeof label === 'string' ? say(label) : label]),
  );
}

function isObject(value: Json): value is FormSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
