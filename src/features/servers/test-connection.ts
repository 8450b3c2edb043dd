import { requireModule } from '@/features/modules/require-module';
import type { Ctx } from '@/lib/context';
import { db } from '@/lib/db';
import { badInput, notFound } from '@/lib/errors';
import { takeTry } from '@/lib/rate-limit';
import type { ServerModuleInterface } from '@/modules/sdk/contract';
import { secretValues } from '@/modules/sdk/fields';
import type { Checklist } from './check-line';
import {
  compareSettings,
  describeServer,
  judgeSettings,
  keepSecrets,
  openStoredSettings,
  refuseKept,
  type Settings,
} from './connection-settings';
import { runChecklist } from './run-checklist';
import type { TestConnectionInput } from './schema';

/**
 * Tests connection settings that are not saved. Secrets left empty are the stored ones of `serverId`, as long as the same
 * host is dialled. What is wrong at the panel is an answer. Throws BAD_INPUT for settings that are not complete,
 * TOO_MANY_REQUESTS after ten tests in a minute.
 */
export async function testConnection(ctx: Ctx, input: TestConnectionInput): Promise<Checklist> {
  await takeTest(ctx, input.part);
  const module = await requireModule(input.moduleSlug);
  const typed = input.serverId === undefined ? input.config : await withStored(module, input, input.serverId);
  const { parsed } = await judgeSettings(input.moduleSlug, typed);
  const { verdict: _, ...checklist } = await runChecklist(
    {
      module,
      server: describeServer({ ...input, parsed }),
      trust: input.pins.length ? { pins: input.pins } : undefined,
      secrets: secretValues(module.configSchema, parsed),
      record: { timeouts: null },
    },
    input.part,
    input.language,
  );
  return checklist;
}

/** A form asks in two halves, so that the first lines show while the second are being found out. */
export async function takeTest({ actor }: Ctx, part: TestConnectionInput['part']): Promise<void> {
  const key = actor.id ?? actor.name;
  await takeTry('connection-test', key);
  if (part === 'all') await takeTry('connection-test', key);
}

async function withStored(
  module: ServerModuleInterface,
  input: TestConnectionInput,
  serverId: string,
): Promise<Settings> {
  const server = await db.server.findUnique({
    where: { id: serverId },
    include: { module: { select: { slug: true } } },
  });
  if (!server || server.archivedAt !== null) throw notFound('server');
  if (server.module.slug !== input.moduleSlug)
    throw badInput(['moduleSlug'], `"${server.name}" belongs to another module. A server cannot change its module.`);
  const stored = await openStoredSettings(server);
  const { settings, kept } = keepSecrets(module, input.config, stored);
  const [before, after] = [module.configSchema.safeParse(stored), module.configSchema.safeParse(settings)];
  // Settings that cannot be read cannot be compared: nothing stored may follow them.
  const same =
    before.success &&
    after.success &&
    !compareSettings(module, { ...server, parsed: before.data }, { ...input, parsed: after.data }).elsewhere;
  if (!same) refuseKept(kept);
  return settings;
}
