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

/** The names of the secrets that a text holds in any form. */
export function secretsIn(text: string, secrets: Record<string, string>): string[] {
  return Object.entries(secrets)
    .filter(([, secret]) => formsOf(secret).some((form) => text.includes(form)))
    .map(([name]) => name);
}
