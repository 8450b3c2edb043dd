import { addressOf } from '@/features/servers/connection-settings';
import { loginHosts } from '@/features/servers/login-hosts';
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
  const known = loginHosts(module, record, server.credentials).some(({ host }) => host === url.hostname);
  // Unencrypted only where we ourselves were told to talk to the panel like that.
  const safe =
    url.protocol === 'https:' || (url.protocol === 'http:' && addressOf(module, server)?.startsWith('http:') === true);
  if (!safe || url.username !== '' || url.password !== '' || !known) {
    return { ok: false, host: `${url.protocol}//${url.host}`.slice(0, 200) };
  }
  return { ok: true, url: url.href };
}
