import { createHash, type X509Certificate } from 'node:crypto';
import type { TLSSocket } from 'node:tls';

/**
 * Whom a server's certificate must satisfy. Without a trust of its own the public certificate authorities decide.
 * `pins` = base64 SHA-256 of the public key (SPKI); they replace chain and name. `ca` = PEM of a private authority,
 * instead of the public ones; the name is still checked.
 */
export interface TlsTrust {
  pins?: readonly string[];
  ca?: string;
}

/** SHA-256 of the certificate's public key in base64, as it is stored and compared. */
export function spkiPin(certificate: X509Certificate): string {
  const key = certificate.publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(key).digest('base64');
}

/** Takes `sha256/<base64>`, plain base64, or hex with or without colons. */
export function normalisePin(text: string): string {
  const bare = text.trim().replace(/^sha256[/:]/i, '');
  const hex = bare.replaceAll(':', '');
  return /^[0-9a-f]{64}$/i.test(hex) ? Buffer.from(hex, 'hex').toString('base64') : bare;
}

/** The socket options that express this trust. With pins the chain is not judged, the pin is, before the first byte. */
export function tlsOptions(trust: TlsTrust | undefined): { rejectUnauthorized: boolean; ca?: string } {
  if (trust?.pins?.length) return { rejectUnauthorized: false };
  return trust?.ca ? { rejectUnauthorized: true, ca: trust.ca } : { rejectUnauthorized: true };
}

/** Why a fresh TLS connection must not be used; null = it may. */
export function refuseCertificate(socket: TLSSocket, trust: TlsTrust | undefined): string | null {
  if (!trust?.pins?.length) return null;
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return 'The server showed no certificate.';
  const seen = spkiPin(certificate);
  if (trust.pins.map(normalisePin).includes(seen)) return null;
  return `The certificate changed: its key is sha256/${seen}, which is not the one trusted for this server. Nothing was sent. If the panel got a new certificate, inspect it and trust it again.`;
}

const CERTIFICATE_WORDS: Record<string, string> = {
  CERT_HAS_EXPIRED: 'The certificate has expired. Renew it on the panel.',
  CERT_NOT_YET_VALID: 'The certificate is not valid yet. Check the clock of the panel and of this machine.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'The certificate is self-signed. Inspect it and trust it for this server, or install a public one.',
  SELF_SIGNED_CERT_IN_CHAIN: 'The certificate comes from an authority that is not trusted. Give its CA to this server.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'The panel does not send the whole certificate chain. Install the intermediate certificate.',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    'The certificate comes from an authority that is not trusted. Give its CA to this server.',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'The certificate is for another host name. Use the name it was made for, or trust it for this server.',
  CERT_REVOKED: 'The certificate was revoked. Replace it on the panel.',
};

/** Words for a TLS failure code, or null when the code is not about TLS. */
export function certificateWords(code: string): string | null {
  const known = CERTIFICATE_WORDS[code];
  if (known) return known;
  if (/^(ERR_SSL_|ERR_TLS_|EPROTO$|CERT_|UNABLE_TO_)/.test(code)) {
    return `No encrypted connection could be made (${code}). Is this the panel's TLS port?`;
  }
  return null;
}
