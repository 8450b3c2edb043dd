import { isIP } from 'node:net';
import { connect, type TLSSocket } from 'node:tls';
import type { AddressPolicy } from './address-policy';
import { checkedAddresses, type Resolver, toDialError } from './connector';
import { ModuleError } from './errors';
import { hostOf, parsePanelUrl, portOf } from './panel-url';
import { spkiPin } from './tls-trust';

/** What a server shows before anybody trusts it. */
export interface SeenCertificate {
  /** base64 SHA-256 of the public key: what is stored as a pin. */
  pin: string;
  /** SHA-256 of the whole certificate, as browsers show it. */
  fingerprint: string;
  subject: string;
  issuer: string;
  validFrom: string;
  validTo: string;
  names: string[];
  /** Why the public authorities do not vouch for it; null = they do. */
  distrusted: string | null;
}

export interface InspectOptions {
  policy: AddressPolicy;
  timeoutMs: number;
  resolver?: Resolver;
}

function certificateOf(socket: TLSSocket): SeenCertificate | null {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return null;
  const names = certificate.subjectAltName?.split(', ').map((name) => name.replace(/^(DNS|IP Address):/, '')) ?? [];
  const reason: unknown = socket.authorizationError; // a code as text, although its type says Error
  return {
    pin: spkiPin(certificate),
    fingerprint: certificate.fingerprint256,
    subject: certificate.subject,
    issuer: certificate.issuer,
    validFrom: new Date(certificate.validFrom).toISOString(),
    validTo: new Date(certificate.validTo).toISOString(),
    names,
    distrusted: socket.authorized ? null : reason instanceof Error ? reason.message : String(reason),
  };
}

/**
 * A bare TLS handshake under the same address policy as every call: shows the certificate, sends nothing.
 * Throws a ModuleError where there is none to see.
 */
export async function inspectCertificate(address: string, options: InspectOptions): Promise<SeenCertificate> {
  const url = parsePanelUrl(address);
  const [host, port] = [hostOf(url), portOf(url)];
  if (url.protocol !== 'https:')
    throw new ModuleError({ kind: 'policy', words: 'Only https:// addresses have a certificate.' });
  try {
    const [target] = await checkedAddresses(host, port, false, options);
    const socket = connect({
      host: target?.address,
      port,
      rejectUnauthorized: false,
      ...(isIP(host) ? {} : { servername: host }),
    });
    return await new Promise<SeenCertificate>((resolve, reject) => {
      const fail = (code: string) => reject(Object.assign(new Error(code), { code }));
      socket.setTimeout(options.timeoutMs, () => fail('ETIMEDOUT'));
      socket.once('error', reject);
      socket.once('secureConnect', () => {
        const seen = certificateOf(socket);
        if (seen) resolve(seen);
        else fail('ERR_TLS_NO_CERTIFICATE');
      });
    }).finally(() => socket.destroy());
  } catch (error) {
    const { reason, message } = toDialError(error, `${host}:${port}`);
    throw new ModuleError({ kind: reason, words: message });
  }
}
