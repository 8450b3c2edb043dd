/** Larger answers are not read to the end. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;
/** Deeper JSON is not parsed: no panel needs it, and deep values break what comes after. */
export const MAX_JSON_DEPTH = 64;

/** An answer that cannot be used. The message is for staff; the caller decides what it means for the operation. */
export class UnusableBody extends Error {
  override readonly name = 'UnusableBody';
}

/** Reads a body to its end or to the limit, whichever comes first. */
export async function readBody(body: AsyncIterable<Uint8Array>, limit = MAX_BODY_BYTES): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    // Leaving the loop ends the stream, and with it the connection: the rest is never downloaded.
    if (size > limit) throw new UnusableBody(`The answer is larger than ${Math.floor(limit / 1024 / 1024)} MB.`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** UTF-8 or nothing: a repaired text could be a wrong account name. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UnusableBody('The answer is not valid UTF-8.');
  }
}

function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text.charCodeAt(i);
    if (quoted) {
      if (char === 0x5c) i += 1;
      else if (char === 0x22) quoted = false;
    } else if (char === 0x22) quoted = true;
    else if (char === 0x7b || char === 0x5b) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (char === 0x7d || char === 0x5d) depth -= 1;
  }
  return deepest;
}

/** JSON within the depth limit; `__proto__` keys are dropped so that no later copy can change a prototype. */
export function parseJson(text: string): unknown {
  if (text.trim() === '') throw new UnusableBody('The answer is empty where JSON was expected.');
  if (depthOf(text) > MAX_JSON_DEPTH)
    throw new UnusableBody(`The answer is nested deeper than ${MAX_JSON_DEPTH} levels.`);
  try {
    // Only underscore, p, r, o and t can be escaped to hide the name; umlauts, which many panels escape, cost nothing.
    if (!text.includes('__proto__') && !/\\u00(5f|6f|7[024])/i.test(text)) return JSON.parse(text) as unknown;
    return JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value)) as unknown;
  } catch {
    const looksLikeHtml = /^\s*</.test(text);
    throw new UnusableBody(
      looksLikeHtml
        ? 'The answer is a web page where JSON was expected.'
        : 'The answer is not valid JSON, perhaps cut off.',
    );
  }
}
