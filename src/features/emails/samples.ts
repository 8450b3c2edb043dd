import type { MailedLink } from '../users/mail-link';
import type { ChangeData, UsageWarningData, WelcomeData } from './schema';
import type { StaffIncident } from './staff-incident';

/** Invented, believable: what the previews of templates are filled with. */
export const sampleWelcome: WelcomeData = {
  customer: 'Ada Fenwick',
  product: 'Minecraft Starter',
  domain: 'play.fenwick.example',
  username: 'fenwick7k2',
  hostname: 'eu1.games.example',
  ip: '203.0.113.5',
  port: 25565,
  ftpPort: 2121,
  nameservers: ['ns1.games.example', 'ns2.games.example'],
};

export const sampleChange: ChangeData = {
  customer: 'Ada Fenwick',
  product: 'Minecraft Starter',
  domain: 'play.fenwick.example',
  username: 'fenwick7k2',
  reason: 'Invoice 2026-1187 is open',
  removedOn: null,
};

export const sampleLink: MailedLink = {
  name: 'Ada Fenwick',
  userId: '01890a5d-ac96-774b-bcce-b302099a805a',
  minutes: 30,
  returnTo: null,
};

export const sampleUsageWarning: UsageWarningData = {
  customer: 'Ada Fenwick',
  product: 'Web Starter',
  domain: 'fenwick.example',
  metric: 'disk',
  level: 90,
  used: 4_870_000_000,
  limit: 5_368_709_120,
};

export const sampleIncident: Extract<StaffIncident, { kind: 'operation-failed' }> = {
  kind: 'operation-failed',
  operationId: '01890a5d-ac96-774b-bcce-b302099a8057',
  serviceId: '01890a5d-ac96-774b-bcce-b302099a8058',
  work: 'CREATE',
  service: 'play.fenwick.example',
  reason: {
    code: 'gave-up',
    server: { id: '01890a5d-ac96-774b-bcce-b302099a8059', name: 'eu1' },
    kind: 'busy',
    words: '503 Service Unavailable',
    attempts: 4,
  },
};
