/** base64 of a text that stands somewhere inside a longer one: what is the same whatever stands around it. */
function base64Cores(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), bytes])
      .toString('base64')
      .replace(/=+$/, '');
    const tail = (bytes.length + shift) % 3 === 0 ? text.length : text.length - 1;
    return text.slice(Math.ceil((shift * 8) / 6), tail);
  });
}

/** How a secret may look where it must not be: plain, hex, base64 in both alphabets, in a URL, in a JSON text. */
export function formsOf(secret: string): string[] {
  const base64 = base64Cores(secret);
  return [
    secret,
    Buffer.from(secret).toString('hex'),
    Buffer.from(secret).toString('hex').toUpperCase(),
    ...base64,
    ...base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_')),
    encodeURIComponent(secret),
    new URLSearchParams({ s: secret }).toString().slice(2),
    JSON.stringify(secret).slice(1, -1),
    JSON.stringify(JSON.stringify(secret)).slice(3, -3),
  ].filter((form, index, all) => all.indexOf(form) === index);
}

/** How many characters are hashed at each place of a text; no form may be shorter. */
const WINDOW = 8;
const BASE = 31;
const LEAVING = Array.from({ length: WINDOW }).reduce<number>((power) => Math.imul(power, BASE), 1);
const FILTER_BITS = 16;

const hashOf = (text: string) => {
  let hash = 0;
  for (let at = 0; at < WINDOW; at += 1) hash = (Math.imul(hash, BASE) + text.charCodeAt(at)) | 0;
  return hash;
};

/**
 * Finds any of many secrets in any form, going through a text once however many they are: by a rolling hash of its next
 * characters (Rabin and Karp). Made once, asked for each text; answers with the names of what it found.
 */
export function secretFinder(secrets: Record<string, string>): (text: string) => string[] {
  const forms = new Map<number, { name: string; form: string }[]>();
  const filter = new Uint8Array(1 << FILTER_BITS);
  for (const [name, secret] of Object.entries(secrets)) {
    for (const form of formsOf(secret)) {
      if (form.length < WINDOW) throw new Error(`${name} is too short to be told from other text`);
      const hash = hashOf(form);
      forms.set(hash, [...(forms.get(hash) ?? []), { name, form }]);
      filter[hash & (filter.length - 1)] = 1;
    }
  }
  return (text) => {
    const found = new Set<string>();
    let hash = 0;
    for (let end = 0; end < text.length; end += 1) {
      hash = (Math.imul(hash, BASE) + text.charCodeAt(end)) | 0;
      const start = end - WINDOW + 1;
      if (start > 0) hash = (hash - Math.imul(text.charCodeAt(start - 1), LEAVING)) | 0;
      if (start < 0 || filter[hash & (filter.length - 1)] === 0) continue;
      for (const { name, form } of forms.get(hash) ?? []) if (text.startsWith(form, start)) found.add(name);
    }
    return Object.keys(secrets).filter((name) => found.has(name));
  };
}
