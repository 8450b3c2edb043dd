import { createHash, timingSafeEqual } from 'node:crypto';
import { env, publicUrl } from '@/env';

const digest = (text: string) => createHash('sha256').update(text).digest();

/**
 * Who may read the metrics: whoever brings the token of the environment. Where none is set, only a program that asks this
 * machine directly. A proxy on this machine looks near too, so nobody may without a token once the panel has a public
 * address, trusts a proxy or listens to more than loopback; nor may a request that says it was passed on.
 */
export function mayReadMetrics(headers: Headers): boolean {
  const token = env.HYBLE_METRICS_TOKEN;
  if (token !== undefined) {
    const given = /^Bearer (.+)$/.exec(headers.get('authorization') ?? '')?.[1] ?? '';
    return timingSafeEqual(digest(given), digest(token));
  }
  if (env.HYBLE_TRUSTED_PROXIES !== '') return false;
  const near = [env.HOST, new URL(publicUrl()).host, headers.get('host') ?? ''].every(isLoopbackName);
  return (
    near && !PASSED_ON.some((name) => headers.has(name)) && !BY_NEXT.some((name) => isFromElsewhere(headers.get(name)))
  );
}

/** What proxies say of themselves. */
const PASSED_ON = ['forwarded', 'via', 'x-real-ip', 'cf-connecting-ip', 'true-client-ip'];

/** Next writes these itself where nobody else did: the address of the connection, the name that was asked for. */
const BY_NEXT = ['x-forwarded-for', 'x-forwarded-host'];

function isFromElsewhere(value: string | null): boolean {
  return value !== null && !value.split(',').every((part) => isLoopbackName(part.trim()));
}

/** A browser that was led here under another name brings that name. */
function isLoopbackName(name: string): boolean {
  return /^((::ffff:)?127\.\d+\.\d+\.\d+|localhost|::1|\[::1\])(:\d+)?$/.test(name);
}
