import { callPanel } from '@/features/servers/call-panel';
import type { OpenServer } from '@/features/servers/server-access';
import { loadModuleService } from '@/features/services/module-service';
import { type ModuleError, ModuleError as PanelError } from '@/modules/sdk/errors';

/** What a panel said about all accounts of one server. `whole`: what is not in it is not on the panel. */
export type ServerReading = { ok: true; lines: unknown[]; whole: boolean } | { ok: false; error: ModuleError };

// Far more accounts than one machine holds; ends a list that never does.
const MOST_LINES = 200_000;
const AT_ONCE = 4;
/** One by one a run goes on at most this long; the next begins with whom this one did not reach. */
const ONE_BY_ONE_MS = 90_000;
/** So many calls in a row without an answer: the panel is away, and asking for each account would only take hours. */
const MISSES = 4;

/** All accounts in as few calls as the module can, else account by account, `ids` in this order. */
export async function readServerUsage(open: OpenServer, ids: readonly string[]): Promise<ServerReading> {
  if (open.module.getServerUsage) return readList(open);
  return readOneByOne(open, ids);
}

async function readList(open: OpenServer): Promise<ServerReading> {
  const answer = await callPanel(open, { call: 'usage' }, async (ctx) => {
    const lines: unknown[] = [];
    for await (const line of open.module.getServerUsage?.(open.server, ctx) ?? []) {
      if (lines.push(line) > MOST_LINES)
        throw new PanelError({
          kind: 'unsupported',
          words: `The list of usage has no end (over ${MOST_LINES} lines).`,
        });
      // A module that goes on after its time is not listened to any more.
      if (ctx.signal.aborted) throw new PanelError({ kind: 'timeout', words: 'The list of usage took too long.' });
    }
    return lines;
  });
  return answer.ok ? { ok: true, lines: answer.value, whole: true } : answer;
}

async function readOneByOne(open: OpenServer, ids: readonly string[]): Promise<ServerReading> {
  const lines: unknown[] = [];
  const queue = [...ids];
  const until = Date.now() + ONE_BY_ONE_MS;
  let misses = 0;
  let last: ModuleError | null = null;
  const work = async () => {
    for (let id = queue.shift(); id !== undefined && misses < MISSES && Date.now() < until; id = queue.shift()) {
      const answer = await readOne(open, id);
      if (answer.ok) lines.push({ ...answer.value, externalId: id });
      else last = answer.error;
      misses = answer.ok || !isPanelAway(answer.error) ? 0 : misses + 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (last && lines.length === 0) return { ok: false, error: last };
  return { ok: true, lines, whole: false };
}

/** The figures of one account as its module says them. */
export async function readOne(open: OpenServer, serviceId: string) {
  const service = await loadModuleService(serviceId, {});
  const secrets = service.password ? [service.password] : [];
  return callPanel(open, { call: 'usage', serviceId, secrets }, async (ctx) => {
    if (!open.module.getUsage) throw new PanelError({ kind: 'unsupported', words: 'This panel measures no usage.' });
    return open.module.getUsage(service, open.server, ctx);
  });
}

const isPanelAway = ({ kind }: ModuleError) => ['unreachable', 'timeout', 'busy', 'auth', 'policy'].includes(kind);
