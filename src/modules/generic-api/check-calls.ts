import type { CallDefinition, MeaningDefinition, RequestDefinition } from './definition-calls';
import { ANSWER_NAMES, checkExpression } from './expressions';
import { checkTemplate } from './templates';

export type Path = readonly (string | number)[];
export interface Issue {
  path: (string | number)[];
  message: string;
}

/** What the calls of one operation may name. */
export interface Known {
  /** Templates: name -> the keys below it, null = any. */
  templates: ReadonlyMap<string, readonly string[] | null>;
  expressions: readonly string[];
}

export function expressionIssue(
  expression: string | undefined,
  path: Path,
  { expressions }: Known,
  answers: readonly string[] = ANSWER_NAMES,
): Issue[] {
  if (expression === undefined) return [];
  const message = checkExpression(expression, [...expressions, ...answers]);
  return message === null ? [] : [{ path: [...path], message }];
}

export function expressionIssues(parts: object, path: Path, known: Known): Issue[] {
  return Object.entries(parts).flatMap(([key, value]) =>
    typeof value === 'string' ? expressionIssue(value, [...path, key], known) : [],
  );
}

type Place = Parameters<typeof checkTemplate>[1];

export function templateIssue(template: string, place: Place, path: Path, known: Known): Issue[] {
  const message = checkTemplate(template, place, known.templates);
  return message === null ? [] : [{ path: [...path], message }];
}

function jsonIssues(json: unknown, path: Path, known: Known): Issue[] {
  if (typeof json === 'string') return templateIssue(json, 'json', path, known);
  if (typeof json !== 'object' || json === null) return [];
  return Object.entries(json).flatMap(([key, value]) =>
    jsonIssues(value, [...path, Array.isArray(json) ? Number(key) : key], known),
  );
}

export function pairIssues(pairs: readonly { name: string; value: string }[], path: Path, known: Known): Issue[] {
  return pairs.flatMap(({ name, value }, index) => {
    const twin = pairs.findIndex((other) => other.name.toLowerCase() === name.toLowerCase()) < index;
    return [
      ...(twin ? [{ path: [...path, index, 'name'], message: `"${name}" is there twice.` }] : []),
      ...templateIssue(value, 'text', [...path, index, 'value'], known),
    ];
  });
}

export function pathIssues(template: string, path: Path, known: Known): Issue[] {
  const literal = template.replace(/\{\{.*?\}\}|\{%.*?%\}/gs, 'x');
  const problem = !template.startsWith('/')
    ? 'A path begins with a slash: it comes after the address of the server.'
    : /[?#\\\s\p{Cc}]/u.test(literal)
      ? 'A path holds no ?, #, backslash or space. Parameters have a list of their own.'
      : /(^|\/)(\.|%2e){1,2}(\/|$)/i.test(literal) || /\/\//.test(literal)
        ? 'A path has no empty parts, . or .. in it.'
        : null;
  return problem === null ? templateIssue(template, 'path', path, known) : [{ path: [...path], message: problem }];
}

function requestIssues(request: RequestDefinition, path: Path, known: Known): Issue[] {
  const { body, method } = request;
  return [
    ...pathIssues(request.path, [...path, 'path'], known),
    ...pairIssues(request.query, [...path, 'query'], known),
    ...pairIssues(request.headers, [...path, 'headers'], known),
    ...(method === 'GET' && body.kind !== 'none'
      ? [{ path: [...path, 'body'], message: 'A GET has no body. Choose another method or no body.' }]
      : []),
    ...(body.kind === 'json' ? jsonIssues(body.json, [...path, 'body', 'json'], known) : []),
    ...(body.kind === 'form' ? pairIssues(body.form, [...path, 'body', 'form'], known) : []),
  ];
}

export function meaningIssues(meanings: readonly MeaningDefinition[], path: Path, known: Known): Issue[] {
  return meanings.flatMap(({ when, words }, index) => [
    ...expressionIssue(when, [...path, index, 'when'], known),
    ...expressionIssue(words, [...path, index, 'words'], known),
  ]);
}

/** What else depends on where a call stands. */
export interface Rules {
  /** May a call of this operation answer "accepted"? */
  mayWait: 'any' | 'last' | 'no';
}

function waitIssues(call: CallDefinition, path: Path, known: Known, rules: Rules, isLast: boolean): Issue[] {
  const { wait } = call;
  if (!wait) return [];
  const misplaced =
    rules.mayWait === 'no'
      ? 'This operation cannot wait: its answer is needed at once.'
      : rules.mayWait === 'last' && !isLast
        ? 'Only the last call of this operation can wait.'
        : null;
  const { path: address, query, everySeconds: _, forSeconds: __, ...expressions } = wait;
  return [
    ...(misplaced === null ? [] : [{ path: [...path], message: misplaced }]),
    ...pathIssues(address, [...path, 'path'], known),
    ...pairIssues(query, [...path, 'query'], known),
    ...expressionIssues(expressions, path, known),
  ];
}

/** Calls after a wait are done while nothing holds a lease, so doing them twice has to be the same as once. */
function repeatIssues(calls: readonly CallDefinition[], path: Path): Issue[] {
  const waiting = calls.findIndex(({ wait }) => wait !== undefined);
  if (waiting < 0) return [];
  return calls.flatMap(({ lookUp, fine, request, changes }, index) => {
    const safe = changes === false || lookUp !== undefined || fine.length > 0 || /GET|PUT|DELETE/.test(request.method);
    if (index <= waiting || safe) return [];
    const message = 'A call after one that waits may be repeated. Give it a look first, or say which refusal is fine.';
    return [{ path: [...path, index, 'lookUp'], message }];
  });
}

function keepIssues(keep: CallDefinition['keep'], path: Path, known: Known): Issue[] {
  return keep.flatMap(({ value }, index) => expressionIssue(value, [...path, index, 'value'], known));
}

function callIssues(call: CallDefinition, path: Path, known: Known): Issue[] {
  const { lookUp } = call;
  return [
    ...expressionIssue(call.when, [...path, 'when'], known),
    ...requestIssues(call.request, [...path, 'request'], known),
    ...expressionIssue(call.doneWhen, [...path, 'doneWhen'], known),
    ...(call.answer === 'text' && call.doneWhen === undefined
      ? [
          {
            path: [...path, 'doneWhen'],
            message: 'Plain text needs an expression that tells a yes from anything else.',
          },
        ]
      : []),
    ...meaningIssues(call.meanings, [...path, 'meanings'], known),
    ...keepIssues(call.keep, [...path, 'keep'], known),
    ...(lookUp
      ? [
          ...requestIssues(lookUp.request, [...path, 'lookUp', 'request'], known),
          ...expressionIssue(lookUp.there, [...path, 'lookUp', 'there'], known),
          ...expressionIssue(lookUp.ours, [...path, 'lookUp', 'ours'], known),
          ...keepIssues(lookUp.keep, [...path, 'lookUp', 'keep'], known),
        ]
      : []),
  ];
}

/** Everything about the calls of one operation that the schema alone cannot see. */
export function callsIssues(calls: readonly CallDefinition[], path: Path, known: Known, rules: Rules): Issue[] {
  const kept = calls.flatMap(({ keep, lookUp }) => [...keep, ...(lookUp?.keep ?? [])].map(({ name }) => name));
  const withKept: Known = { ...known, templates: new Map([...known.templates, ['kept', kept]]) };
  return [
    ...repeatIssues(calls, path),
    ...calls.flatMap((call, index) => [
      ...callIssues(call, [...path, index], withKept),
      ...waitIssues(call, [...path, index, 'wait'], withKept, rules, index === calls.length - 1),
    ]),
  ];
}
