import { env } from '@/env';
import { type AddressPolicy, parseCidrs } from '@/modules/sdk/address-policy';

/** What this installation lets panel calls reach. */
export function outboundPolicy(): AddressPolicy {
  return {
    allowCidrs: parseCidrs(env.OUTBOUND_ALLOW_CIDRS),
    allowLoopbackPorts: listOf(env.OUTBOUND_ALLOW_LOOPBACK_PORTS).map(Number),
    forbiddenPorts: [env.PORT],
  };
}

const listOf = (text: string) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);
