/** A Message-ID belongs to the domain that sends. */
export function messageIdOf(id: string, from: string): string {
  const domain = /@([a-z0-9.-]+)>?\s*$/i.exec(from)?.[1] ?? 'hyble.invalid';
  return `<${id}@${domain}>`;
}
