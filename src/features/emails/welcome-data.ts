import type { WelcomeData } from './schema';

/** What the welcome mail is made from, as the rows have it once the account exists. */
export interface WelcomeSource {
  domain: string | null;
  username: string | null;
  dedicatedIp: string | null;
  nameservers: readonly string[];
  additionalData: unknown;
  customer: { name: string };
  product: { name: string };
  server: { hostname: string; ipAddress: string } | null;
}

/** Picks what a customer needs to reach the service; nothing secret is among it. */
export function welcomeDataOf(service: WelcomeSource): WelcomeData {
  const { server } = service;
  return {
    customer: service.customer.name,
    product: service.product.name,
    domain: service.domain,
    username: service.username,
    hostname: server?.hostname ?? null,
    ip: service.dedicatedIp ?? server?.ipAddress ?? null,
    port: portOf(service.additionalData, 'port'),
    ftpPort: portOf(service.additionalData, 'ftpPort'),
    nameservers: [...service.nameservers],
  };
}

/** Panels answer ports as numbers or as texts. */
function portOf(additionalData: unknown, key: string): number | null {
  if (typeof additionalData !== 'object' || additionalData === null) return null;
  const port = Number(Reflect.get(additionalData, key));
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : null;
}
