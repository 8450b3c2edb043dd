import { ModuleError } from '@/modules/sdk/errors';
import { inspectCertificate, type SeenCertificate } from '@/modules/sdk/inspect-certificate';
import { type ProbeOptions, reachAddress, resolveAddress } from '@/modules/sdk/probe-address';
import { certificateWords, normalisePin, type TlsTrust } from '@/modules/sdk/tls-trust';
import { type CheckCause, type CheckLine, type CheckStep, failed, good, skipped } from './check-line';

export interface NetworkCheck {
  lines: CheckLine[];
  certificate: SeenCertificate | null;
}

/** Name, connection and certificate of a panel's address. Nothing is sent; the first failure ends it. */
export async function checkNetwork(
  address: string,
  trust: TlsTrust | undefined,
  options: ProbeOptions,
): Promise<NetworkCheck> {
  const resolved = await tried('resolved', 'nameUnknown', async () =>
    (await resolveAddress(address, options)).join(', '),
  );
  if (resolved.state === 'failed')
    return { lines: [resolved, skipped('connected'), skipped('certificate')], certificate: null };
  const connected = await tried('connected', 'notReachable', async () => `${await reachAddress(address, options)} ms`);
  if (connected.state === 'failed') return { lines: [resolved, connected, skipped('certificate')], certificate: null };
  const { line, certificate } = await checkCertificate(address, trust, options);
  return { lines: [resolved, connected, line], certificate };
}

async function tried(step: CheckStep, cause: CheckCause, act: () => Promise<string>): Promise<CheckLine> {
  try {
    return good(step, await act());
  } catch (error) {
    if (!(error instanceof ModuleError)) throw error;
    return failed(step, error.kind === 'policy' ? 'addressRefused' : cause, error.words);
  }
}

async function checkCertificate(address: string, trust: TlsTrust | undefined, options: ProbeOptions) {
  if (new URL(address).protocol === 'http:') return { line: skipped('certificate'), certificate: null };
  try {
    const certificate = await inspectCertificate(address, options);
    return { line: judgeCertificate(certificate, trust), certificate };
  } catch (error) {
    if (!(error instanceof ModuleError)) throw error;
    return { line: failed('certificate', 'noEncryption', error.words), certificate: null };
  }
}

function judgeCertificate(seen: SeenCertificate, trust: TlsTrust | undefined): CheckLine {
  const words = `${seen.subject.replaceAll('\n', ', ')}, ${seen.validTo.slice(0, 10)}`;
  if (trust?.pins?.length) {
    if (trust.pins.map(normalisePin).includes(seen.pin)) return good('certificate', words);
    return failed('certificate', 'certificateChanged', `sha256/${seen.pin}`);
  }
  // A private authority is judged by the call itself, which is made next.
  if (seen.distrusted === null || trust?.ca !== undefined) return good('certificate', words);
  return failed('certificate', 'certificateUntrusted', certificateWords(seen.distrusted) ?? seen.distrusted);
}
