/** What a refusal of ours means; translated to HTTP once, in the tRPC error middleware. */
export const DOMAIN_CODES = [
  'BAD_INPUT',
  'NOT_FOUND',
  'FORBIDDEN',
  'CONFLICT',
  'INVALID_STATE',
  'NO_ROOM',
  'TOO_MANY_REQUESTS',
  'UNAVAILABLE',
  /** Only for somebody who entered the password in the last minutes: ask for it and try again. */
  'PASSWORD_NEEDED',
  /** Only for somebody who has set two-factor sign-in up. */
  'TWO_FACTOR_NEEDED',
] as const;
export type DomainCode = (typeof DOMAIN_CODES)[number];

export interface FieldIssue {
  /** Path in the input, e.g. ['configOptions', 0, 'quantity']. */
  path: (string | number)[];
  message: string;
}

/** The only deliberate error of our own domain. Its message says what happened, what it means and what to do next. */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  constructor(
    readonly code: DomainCode,
    message: string,
    readonly issues: FieldIssue[] = [],
  ) {
    super(message);
  }
}

/** A refusal that belongs to one field of the input. */
export function badInput(path: (string | number)[], message: string): DomainError {
  return new DomainError('BAD_INPUT', message, [{ path, message }]);
}

export function notFound(what: string): DomainError {
  return new DomainError('NOT_FOUND', `There is no such ${what}. It may have been removed, or the address is wrong.`);
}
