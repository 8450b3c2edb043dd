/** What a refused input says about one of its fields. */
export interface FieldIssue {
  path: (string | number)[];
  message: string;
}

/** The issues of a refused call, as the API sends them; empty for every other failure. */
export function issuesOf(error: unknown): FieldIssue[] {
  const issues = read(read(error, 'data'), 'issues');
  if (!Array.isArray(issues)) return [];
  return issues.flatMap((issue: unknown) => {
    const path = read(issue, 'path');
    const message = read(issue, 'message');
    return Array.isArray(path) && typeof message === 'string' ? [{ path: path.filter(isStep), message }] : [];
  });
}

function isStep(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number';
}

function read(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** The HTTP status a call was answered with; undefined when no answer came at all. */
export function httpStatusOf(error: unknown): number | undefined {
  const status = read(read(error, 'data'), 'httpStatus');
  return typeof status === 'number' ? status : undefined;
}

export function requestIdOf(error: unknown): string | null {
  const id = read(read(error, 'data'), 'requestId');
  return typeof id === 'string' ? id : null;
}

/** Field issues by path ("configOptions.0.quantity"), the first message of each, as forms want them. */
export function errorsByPath(issues: readonly FieldIssue[]): Record<string, string> {
  const errors: Record<string, string> = {};
  for (const { path, message } of issues) if (path.length) errors[path.join('.')] ??= message;
  return errors;
}
