import { Environment, EvaluationError } from '@marcbachmann/cel-js';
import { ModuleError } from '@/modules/sdk/errors';

/** Everything an expression can name. Secrets are never among it: what an expression takes is stored or shown. */
export const SCOPE_NAMES = [
  'service',
  'customer',
  'product',
  'settings',
  'options',
  'server',
  'fields',
  'reason',
  'change',
  'kept',
] as const;
export const ANSWER_NAMES = ['status', 'headers', 'text', 'body', 'item'] as const;

export type Scope = Readonly<Record<string, unknown>>;

const LIMITS = { maxAstNodes: 400, maxDepth: 40, maxListElements: 100, maxMapEntries: 100, maxCallArguments: 8 };

/** JSON knows one kind of number, CEL two: a definition must not have to care. */
function addArithmetic(environment: Environment): void {
  const work: Record<string, (a: number, b: number) => number> = {
    '+': (a, b) => a + b,
    '-': (a, b) => a - b,
    '*': (a, b) => a * b,
    '/': (a, b) => a / b,
    '%': (a, b) => a % b,
  };
  for (const [sign, calculate] of Object.entries(work)) {
    for (const signature of [`double ${sign} int`, `int ${sign} double`]) {
      environment.registerOperator(signature, (a: unknown, b: unknown) => calculate(Number(a), Number(b)));
    }
  }
}

function toNumber(value: unknown): number {
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && value.trim() !== '' ? Number(value) : Number.NaN;
}

function makeEnvironment(): Environment {
  const environment = new Environment({
    homogeneousAggregateLiterals: false,
    enableOptionalTypes: true,
    limits: LIMITS,
  });
  for (const name of [...SCOPE_NAMES, 'headers', 'body', 'item']) environment.registerVariable(name, 'dyn');
  environment.registerVariable('status', 'int').registerVariable('text', 'string');
  addArithmetic(environment);
  environment.registerFunction('sum(list): dyn', (list: unknown[]) =>
    list.reduce<number>((total, value) => total + toNumber(value), 0),
  );
  environment.registerFunction('number(dyn): dyn', toNumber);
  environment.registerFunction('string.replace(string, string): string', (text: string, from: string, to: string) =>
    text.replaceAll(from, () => to),
  );
  return environment;
}

const environment = makeEnvironment();

type Compiled = ReturnType<Environment['parse']>;
const MOST_COMPILED = 2000;
const compiled = new Map<string, Compiled>();

function compile(expression: string): Compiled {
  const known = compiled.get(expression);
  if (known) return known;
  if (compiled.size >= MOST_COMPILED) compiled.clear();
  const made = environment.parse(expression);
  compiled.set(expression, made);
  return made;
}

/** What is wrong with an expression as it is written; null = nothing. */
export function checkExpression(expression: string, allowed: readonly string[]): string | null {
  try {
    const { valid, error } = compile(expression).check();
    if (!valid) return firstLine(error?.message ?? 'It cannot be read.');
  } catch (error) {
    return firstLine(error instanceof Error ? error.message : 'It cannot be read.');
  }
  const missing = namesIn(expression).find((name) => !allowed.includes(name));
  return missing === undefined ? null : `${missing} is not known here. Known are: ${allowed.join(', ')}.`;
}

const firstLine = (text: string) => text.split('\n')[0] ?? text;
const NAMES = new Set<string>([...SCOPE_NAMES, ...ANSWER_NAMES]);

/** Our own names that an expression uses; texts in quotes are no names, and what follows a dot is a key. */
function namesIn(expression: string): string[] {
  const bare = expression.replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, '""');
  const words = bare.match(/(?<![.?\w]\s*)\b[a-z]\w*\b(?!\s*\()/g) ?? [];
  return words.filter((word) => NAMES.has(word));
}

/** Kept values and figures of ours: whole numbers come out of CEL as bigint. */
function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value;
}

const MISSING = new Set(['no_such_key', 'index_out_of_bounds']);

function run(expression: string, scope: Scope): { value: unknown } | { error: Error; code: string } {
  try {
    const { status } = scope;
    const typed = typeof status === 'number' ? { ...scope, status: BigInt(status) } : scope;
    return { value: plain(compile(expression)(typed)) };
  } catch (error) {
    const code = error instanceof EvaluationError && typeof error.code === 'string' ? error.code : 'unknown';
    return { error: error instanceof Error ? error : new Error('unknown'), code };
  }
}

function unusable(expression: string, why: string): ModuleError {
  return new ModuleError({
    kind: 'busy',
    words: `The panel's answer does not fit the definition: "${expression.slice(0, 200)}" gave ${firstLine(why).slice(0, 300)}. The work may or may not have been done.`,
  });
}

/** Whether a condition holds. What an answer does not have does not hold. */
export function holds(expression: string, scope: Scope): boolean {
  const end = run(expression, scope);
  return 'value' in end && end.value === true;
}

/** A condition that has to be answered: an answer in which it cannot be decided is none. */
export function decide(expression: string, scope: Scope): boolean {
  const end = run(expression, scope);
  if ('error' in end) throw unusable(expression, end.error.message);
  return end.value === true;
}

/** A value of the answer; undefined where it does not have it. */
export function take(expression: string | undefined, scope: Scope): unknown {
  if (expression === undefined) return undefined;
  const end = run(expression, scope);
  if ('value' in end) return end.value;
  if (MISSING.has(end.code)) return undefined;
  throw unusable(expression, end.error.message);
}

/**
 * The account in an answer to a look. Only an empty list or null means "not there": an answer that lacks what the
 * expression asks for is not the panel's answer to this question.
 */
export function find(expression: string, scope: Scope): unknown {
  const end = run(expression, scope);
  if ('value' in end) return end.value ?? null;
  if (end.code === 'index_out_of_bounds') return null;
  throw unusable(expression, end.error.message);
}

/** A list of the answer, whatever its entries are. */
export function takeList(expression: string, scope: Scope): unknown[] {
  const end = run(expression, scope);
  if ('error' in end) throw unusable(expression, end.error.message);
  if (!Array.isArray(end.value)) throw unusable(expression, 'no list');
  return end.value;
}
