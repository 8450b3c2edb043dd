/** Stands in for `server-only`, whose real entry throws outside a React server bundle. */
export {};
