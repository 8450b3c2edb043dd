import { callPanel } from '@/features/servers/call-panel';
import { openServer } from '@/features/servers/server-access';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { DomainError } from '@/lib/errors';
import { takeTry } from '@/lib/rate-limit';
import type { PackageChoice } from '@/modules/sdk/contract';
import type { PackagesInput } from './schema';

/** What the panels themselves offer for a product, right now. */
export interface PanelPackages {
  /** false = there is nothing to ask: the module has no such list, or no server of it is there yet. */
  supported: boolean;
  items: PanelPackage[];
  /** Names of the servers that answered. */
  answered: string[];
  /** Servers that did not, with the reason. */
  silent: { server: string; words: string }[];
}

export interface PanelPackage {
  value: string;
  label: string;
  description: string | null;
  /** Servers that were asked and lack it: an order placed there would fail. */
  missingOn: string[];
}

/** A product form must not wait for a whole data centre. */
const MOST_ASKED = 5;

/**
 * Asks the servers a product may be placed on for their packages. One that lies on all of them comes first. Trouble at a
 * panel is part of the answer; throws TOO_MANY_REQUESTS.
 */
export async function readPanelPackages({ actor }: Ctx, input: PackagesInput): Promise<PanelPackages> {
  await takeTry('panel-lists', actor.id ?? actor.name);
  const servers = await db.server.findMany({
    where: {
      module: { slug: input.moduleSlug },
      archivedAt: null,
      isDisabled: false,
      ...(input.serverGroupId && { groupId: input.serverGroupId }),
    },
    // Those that work first: ACTIVE stands before OFFLINE and MAINTENANCE.
    orderBy: [{ status: 'asc' }, { heldAt: { sort: 'asc', nulls: 'first' } }, { name: 'asc' }],
    take: MOST_ASKED,
    select: { id: true, name: true },
  });
  const answers = await Promise.all(servers.map(ask));
  const good = answers.flatMap((answer) => ('packages' in answer ? [answer] : []));
  const silent = answers.flatMap((answer) => ('words' in answer ? [answer] : []));
  return {
    supported: good.length + silent.length > 0,
    items: merge(good),
    answered: good.map(({ server }) => server),
    silent,
  };
}

type Answer = { server: string; packages: PackageChoice[] } | { server: string; words: string } | { server: string };

async function ask({ id, name }: { id: string; name: string }): Promise<Answer> {
  try {
    const open = await openServer(id);
    if (!open.module.listPackages) return { server: name };
    const answer = await callPanel(open, { call: 'test' }, async (ctx) => open.module.listPackages?.(open.server, ctx));
    if (!answer.ok) return { server: name, words: answer.error.words };
    return { server: name, packages: answer.value ?? [] };
  } catch (error) {
    if (error instanceof DomainError) return { server: name, words: error.message };
    throw error;
  }
}

function merge(answers: { server: string; packages: PackageChoice[] }[]): PanelPackage[] {
  const found = new Map<string, PanelPackage>();
  for (const { packages } of answers) {
    for (const { value, label, description = null } of packages) {
      if (found.has(value)) continue;
      const lacking = answers.filter((one) => !one.packages.some((other) => other.value === value));
      found.set(value, { value, label, description, missingOn: lacking.map(({ server }) => server) });
    }
  }
  return [...found.values()].sort(
    (a, b) => a.missingOn.length - b.missingOn.length || a.label.localeCompare(b.label, 'en', { numeric: true }),
  );
}
