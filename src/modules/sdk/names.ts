import { createHash } from 'node:crypto';
import { domainToUnicode } from 'node:url';
import { parse } from 'tldts';
import type { UsernamePolicy } from './contract';

const HASHED = 3;
const CANDIDATES = 20;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS_AND_LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';
/** Letters that decomposition leaves alone. */
const SPELLED: Record<string, string> = { ı: 'i', ø: 'o', ł: 'l', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th', ð: 'd' };
/** Names that mean something on the machines behind most panels. */
const RESERVED = [
  'root',
  'admin',
  'administrator',
  'daemon',
  'nobody',
  'mysql',
  'postgres',
  'www',
  'ftp',
  'mail',
  'test',
];

export interface UsernameInput {
  serviceId: string;
  customerId: string;
  customerName: string;
  domain: string | null;
  policy: UsernamePolicy;
}

function plainLetters(text: string): string {
  const spelled = text.toLowerCase().replace(/[^\u0020-\u007e]/g, (char) => SPELLED[char] ?? char);
  const bare = spelled.normalize('NFKD').replace(/[^a-z0-9]/g, '');
  // Many panels hand the name to a command line or a file system: it never begins with a digit.
  return bare.replace(/^[0-9]+/, '');
}

function baseOf({ domain, customerName, policy }: UsernameInput): string {
  const readable = domain ? domainToUnicode(domain) || domain : '';
  const fromDomain = policy.scope === 'account' && readable ? (parse(readable).domainWithoutSuffix ?? readable) : '';
  return plainLetters(fromDomain) || plainLetters(customerName) || 'u';
}

function hashed(id: string, n: number): string {
  const bytes = createHash('sha256').update(`${id}:${n}`).digest();
  const at = (index: number) => DIGITS_AND_LETTERS[(bytes[index] ?? 0) % 36] ?? '0';
  return Array.from({ length: HASHED }, (_, index) => at(index)).join('');
}

function isReserved(name: string, policy: UsernamePolicy): boolean {
  const names = [...RESERVED, ...(policy.reserved ?? [])].map((entry) => entry.toLowerCase());
  const prefixes = (policy.reservedPrefixes ?? []).map((entry) => entry.toLowerCase());
  return names.includes(name) || prefixes.some((prefix) => name.startsWith(prefix));
}

/**
 * Up to 20 user names in the order in which to try them. The same input gives the same names, also after a crash, and
 * two services of one domain get different ones: the last three characters are hashed from the service (or, where one
 * login serves all services of a customer, from the customer). Lower-case letters and digits, a letter first.
 */
export function usernameCandidates(input: UsernameInput): string[] {
  const { policy } = input;
  const id = policy.scope === 'customer' ? input.customerId : input.serviceId;
  const room = Math.max(1, policy.maxLength - HASHED);
  const cut = baseOf(input).slice(0, room);
  const filler = LETTERS.repeat(Math.ceil(policy.minLength / LETTERS.length));
  const padded = cut.length + HASHED < policy.minLength ? (cut + filler).slice(0, policy.minLength - HASHED) : cut;
  const base = isReserved(padded, policy) ? `u${padded}`.slice(0, room) : padded;
  const names = Array.from({ length: CANDIDATES }, (_, n) => `${base}${hashed(id, n)}`);
  return [...new Set(names)].filter((name) => !isReserved(name, policy));
}
