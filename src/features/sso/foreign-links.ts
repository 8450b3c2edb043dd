import { db } from '@/lib/db';

/** A panel that answered with a link to a host that is none of its server's. */
export interface ForeignLink {
  serverId: string;
  server: string;
  host: string;
  at: string;
}

/** Of the last day, the newest per server; none of a server whose hosts an administrator has looked at since. */
export async function recentForeignLinks(): Promise<ForeignLink[]> {
  const rows = await db.$queryRaw<(Omit<ForeignLink, 'at'> & { when: Date })[]>`
    SELECT DISTINCT ON (s."id") s."id" AS "serverId", s."name" AS "server", a."after"->>'host' AS "host", a."at" AS "when"
    FROM "AuditEntry" a JOIN "Server" s ON s."id" = a."after"->>'serverId' AND s."archivedAt" IS NULL
    WHERE a."action" = 'sso.refuse' AND a."after"->>'why' = 'foreign-host' AND a."at" > now() - interval '1 day'
      AND NOT EXISTS (SELECT 1 FROM "AuditEntry" l
        WHERE l."action" = 'server.login-hosts' AND l."targetId" = s."id" AND l."at" > a."at")
    ORDER BY s."id", a."at" DESC LIMIT 20`;
  return rows.map(({ when, ...link }) => ({ ...link, at: when.toISOString() }));
}
