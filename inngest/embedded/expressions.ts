import { parse } from '@marcbachmann/cel-js';

type Compiled = ReturnType<typeof parse>;
const compiled = new Map<string, Compiled>();

function compile(expression: string): Compiled {
  let program = compiled.get(expression);
  if (!program) {
    program = parse(expression);
    compiled.set(expression, program);
  }
  return program;
}

/** Throws when the expression cannot be read. */
export function checkExpression(expression: string): void {
  compile(expression);
}

/**
 * Whether an event fits; an expression that cannot be evaluated throws, it never counts as "no". `async` is the later
 * event of a rule that compares two.
 */
export function matches(expression: string, event: unknown, async: unknown = null): boolean {
  const result: unknown = compile(expression)(async === null ? { event } : { event, async });
  if (typeof result !== 'boolean') throw new Error(`"${expression}" gave ${typeof result} instead of true or false.`);
  return result;
}

/** The value of a key expression as text, so that values of different types never meet. */
export function keyOf(expression: string, event: unknown): string {
  const result: unknown = compile(expression)({ event });
  return typeof result === 'bigint' ? `bigint:${result}` : (JSON.stringify(result) ?? 'null');
}
