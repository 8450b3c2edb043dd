/** Calls in one request, on both sides of the wire. */
export const MAX_BATCH = 20;
