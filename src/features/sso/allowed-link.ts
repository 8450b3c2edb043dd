import { addressOf } from '@/features/servers/connection-settings';
import type { OpenServer } from '@/features/servers/server-access';

export type JudgedLink = { ok: true; url: string } | { ok: false; host: string };

/**
 * A one-time link is followed only to the server's own names: its host name, the one its calls go to, and those an
 * administrator allowed. A panel in wrong hands must not send our customers elsewhere. Ports may differ, as panels
 * listen on another one for people than for programs.
 */
export function judgeLink(link: string, { record, module, server }: OpenServer): JudgedLink {
  if (!URL.canParse(link)) return { ok: false, host: 'no address' };
  const url = new URL(link);
  const endpoint = addressOf(module, server);
  const called = endpoint !== null && URL.canParse(endpoint) ? new URL(endpoint) : null;
  const names = [...record.ssoHosts, record.hostname].flatMap(hostOf);
  if (called) names.push(called.hostname);
  // Unencrypted only where we ourselves were told to talk to the panel like that.
  const safe = url.protocol === 'https:' || (url.protocol === 'http:' && called?.protocol === 'http:');
  if (!safe || url.username !== '' || url.password !== '' || !names.includes(url.hostname)) {
    return { ok: false, host: `${url.protocol}//${url.host}`.slice(0, 200) };
  }
  return { ok: true, url: url.href };
}

/** As browsers spell it: lower case, without a dot at the end, other alphabets encoded. */
function hostOf(name: string): string[] {
  const address = `https://${name.trim()}`;
  return URL.canParse(address) ? [new URL(address).hostname] : [];
}
