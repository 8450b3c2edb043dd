import { domainToASCII } from 'node:url';
import { parse } from 'tldts';
import { badInput } from '@/lib/errors';

/**
 * A domain as people type it -> lower case, punycode, without a final dot.
 * Refuses what no panel can serve: addresses, wildcards, bare public suffixes, names that are too long.
 */
export function readDomain(typed: string, path: (string | number)[] = ['domain']): string {
  const text = typed.trim().toLowerCase().replace(/\.$/, '');
  const refuse = (why: string) =>
    badInput(
      path,
      `"${typed.slice(0, 80)}" is not a domain that can be set up: ${why}. Enter a name such as example.com.`,
    );
  if (/[\s/@:?#\\*_%]/.test(text)) throw refuse('it holds a character that domain names cannot have');
  const ascii = domainToASCII(text);
  if (ascii === '' || ascii.length > 253) throw refuse('it is not a valid name, or longer than 253 characters');
  const facts = parse(ascii, { allowPrivateDomains: false, validateHostname: true });
  if (facts.isIp) throw refuse('it is an address, not a name');
  if (!facts.hostname || !ascii.includes('.')) throw refuse('it has no top-level domain');
  if (facts.domain === null) throw refuse('it is a public suffix that nobody can own');
  return ascii;
}
