/** The outcome of one panel call made for a placement; null = began and never ended. */
export type AttemptOutcome = string | null;

/**
 * A placement is clean while nothing can exist on the panel because of it: every call ended refused or not-done.
 * Only a clean one may be released and replaced; "done" and "unknown" and an open call all make it unclean.
 */
export function isCleanPlacement(outcomes: readonly AttemptOutcome[]): boolean {
  return outcomes.every((outcome) => outcome === 'refused' || outcome === 'not-done');
}
