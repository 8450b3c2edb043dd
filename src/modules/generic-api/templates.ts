import { Liquid, type LiquidOptions, type Template } from 'liquidjs';
import { ModuleError } from '@/modules/sdk/errors';
import type { Scope } from './expressions';

/** No files, no text that is collected past the encoding, nothing that counts across outputs. */
const TAGS = new Set(['assign', 'case', 'comment', 'for', 'if', 'raw', 'unless', 'break', 'continue']);
/** One value of a megabyte still passes; a loop that makes ten does not. */
const MEMORY = 4_000_000;
const MILLISECONDS = 200;

const LONGEST_PATH = 4000;
const LONGEST_HEADER = 8000;
const LONE_SURROGATE = /\p{Surrogate}/u;

/** A template that cannot be filled in: the order or the definition lacks something. Nothing was sent. */
export function cannotFill(what: string, why: string): ModuleError {
  return new ModuleError({
    kind: 'invalid-input',
    outcome: 'not-done',
    words: `The call cannot be made: ${what} ${why} Nothing was sent.`,
  });
}

class Unsuitable extends Error {}

/** What a value looks like as text. Lists and objects have no text of their own. */
function toText(value: unknown): string {
  if (value === null || value === undefined) return '';
  const plain = ['string', 'number', 'boolean', 'bigint'].includes(typeof value);
  if (!plain) throw new Unsuitable('is a list or an object where a text belongs.');
  if (typeof value === 'number' && !Number.isFinite(value)) throw new Unsuitable('is no number.');
  const text = `${value as string}`; // one of the plain kinds, as was just looked at
  if (LONE_SURROGATE.test(text)) throw new Unsuitable('holds half a character.');
  return text;
}

function toSegment(value: unknown): string {
  return encodeURIComponent(toText(value));
}

function toJsonValue(value: unknown): unknown {
  return typeof value === 'string' ? toText(value) : (value ?? null);
}

function quote(text: string, mark: string): string {
  if (/\p{Cc}/u.test(text)) throw new Unsuitable('holds a line break or another sign that cannot be quoted.');
  return mark + text.replaceAll('\\', '\\\\').replaceAll(mark, `\\${mark}`) + mark;
}

function makeEngine(options: LiquidOptions): Liquid {
  const engine = new Liquid({
    // Without this a template could read files.
    templates: {},
    ownPropertyOnly: true,
    strictVariables: true,
    strictFilters: true,
    lenientIf: true,
    parseLimit: 20_000,
    renderLimit: MILLISECONDS,
    memoryLimit: MEMORY,
    ...options,
  });
  for (const tag of Object.keys(engine.tags)) if (!TAGS.has(tag)) delete engine.tags[tag];
  // It would let a value past the encoding.
  engine.unregisterFilter('raw');
  // For languages inside a value, such as SQL in a form field: the value with quotes around it and nothing that ends them.
  engine.registerFilter('quoted', (value: unknown) => quote(toText(value), '"'));
  engine.registerFilter('single_quoted', (value: unknown) => quote(toText(value), "'"));
  return engine;
}

/** One engine per place: what an output becomes depends on where it stands and on nothing else. */
const ENGINES = {
  text: makeEngine({ outputEscape: toText }),
  path: makeEngine({ outputEscape: toSegment }),
  json: makeEngine({ outputEscape: toJsonValue as (value: unknown) => string, keepOutputType: true }), // the type is kept, so it is no string
};
type Place = keyof typeof ENGINES;

const MOST_PARSED = 4000;
const parsed = new Map<string, Template[]>();

function parse(place: Place, template: string): Template[] {
  const key = `${place} ${template}`;
  const known = parsed.get(key);
  if (known) return known;
  if (parsed.size >= MOST_PARSED) parsed.clear();
  const made = ENGINES[place].parse(template);
  parsed.set(key, made);
  return made;
}

function render(place: Place, template: string, scope: Scope, what: string): unknown {
  // Most of what a definition holds is plain text.
  if (!template.includes('{')) return template;
  try {
    return ENGINES[place].renderSync(parse(place, template), scope) as unknown;
  } catch (error) {
    throw cannotFill(what, wordsOf(error));
  }
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return 'cannot be filled in.';
  const message = error.message.replace(/, line:\d+, col:\d+.*$/s, '').split('\n')[0] ?? '';
  if (message.startsWith('undefined variable')) return `needs ${message.slice(20)}, which is not known here.`;
  if (/limit exceeded/.test(message)) return 'becomes too long.';
  if (/malformed/i.test(message)) return 'holds half a character.';
  return /^(is|holds) /.test(message) ? message : `cannot be filled in (${message}).`;
}

/** A text for a place that is encoded as a whole afterwards: a query parameter, a form field. */
export function renderText(template: string, scope: Scope, what: string): string {
  return String(render('text', template, scope, what));
}

/** A parameter of the address: servers refuse addresses that are much longer. */
export function renderParameter(template: string, scope: Scope, what: string): string {
  const text = renderText(template, scope, what);
  if (text.length > LONGEST_PATH) throw cannotFill(what, 'is too long for an address.');
  return text;
}

/** The value of a header: one line of plain ASCII, or nothing at all is sent. */
export function renderHeader(template: string, scope: Scope, what: string): string {
  const text = renderText(template, scope, what).trim();
  if (!/^[\t\x20-\x7e]*$/.test(text)) throw cannotFill(what, 'holds signs that a header cannot carry.');
  if (text.length > LONGEST_HEADER) throw cannotFill(what, 'is too long for a header.');
  return text;
}

/** A path below the server's address. A value fills its part between two slashes and never more or less. */
export function renderPath(template: string, scope: Scope, what: string): string {
  const path = String(render('path', template, scope, what));
  if (path.length > LONGEST_PATH) throw cannotFill(what, 'is too long for an address.');
  const parts = path.split('/').slice(1);
  const bad = parts.find((part, at) => /^(\.|%2e){1,2}$/i.test(part) || (part === '' && at < parts.length - 1));
  if (bad !== undefined || (path.endsWith('/') && !template.endsWith('/'))) {
    throw cannotFill(what, `has a part that is ${bad ? `"${bad}"` : 'empty'}: the account has no such id yet.`);
  }
  return path;
}

/** JSON in which every text is a template. Its structure is the definition's; values only fill places in it. */
export function renderJson(json: unknown, scope: Scope, what: string): unknown {
  if (typeof json === 'string') return render('json', json, scope, what);
  if (Array.isArray(json)) return json.map((item: unknown) => renderJson(item, scope, what));
  if (typeof json !== 'object' || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, value]) => [key, renderJson(value, scope, what)]));
}

/** What is wrong with a template as it is written; null = nothing. `known`: name -> the keys below it, null = any. */
export function checkTemplate(
  template: string,
  place: Place,
  known: ReadonlyMap<string, readonly string[] | null>,
): string | null {
  try {
    const used = ENGINES[place].globalVariableSegmentsSync(parse(place, template));
    return used.map((segments) => checkName(segments, known)).find((words) => words !== null) ?? null;
  } catch (error) {
    return `The template cannot be read: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : 'unknown'}`;
  }
}

function checkName(segments: unknown[], known: ReadonlyMap<string, readonly string[] | null>): string | null {
  const [root, key] = segments;
  const keys = typeof root === 'string' ? known.get(root) : undefined;
  if (keys === undefined) return `${String(root)} is not known here. Known are: ${[...known.keys()].join(', ')}.`;
  if (keys === null || typeof key !== 'string' || keys.includes(key)) return null;
  return `${String(root)}.${key} is not known here. ${String(root)} has: ${keys.join(', ') || 'nothing'}.`;
}
