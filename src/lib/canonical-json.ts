import canonicalize from 'canonicalize';

/** RFC 8785: the same value is always the same text. For hashes that must not depend on key order. */
export function canonicalJson(value: unknown): string {
  return canonicalize(JSON.parse(JSON.stringify(value))) ?? 'null';
}
