import type { ServerInfo } from '@/modules/sdk/contract';
import type { ErrorKind } from '@/modules/sdk/errors';
import { type Callable, callPanel, type PanelAnswer } from './call-panel';
import { type CheckCause, type CheckLine, failed, good, skipped } from './check-line';

export interface PanelCheck {
  lines: CheckLine[];
  info: ServerInfo | null;
  latencyMs: number;
  /** Kind and words of a failed sign-in, for the record of checks. */
  error: { kind: ErrorKind; words: string } | null;
}

/** Signs in as every operation would, then asks for rights and version where the module can tell them. */
export async function checkPanel(open: Callable): Promise<PanelCheck> {
  const started = performance.now();
  const answer = await callPanel(open, { call: 'test' }, (ctx) => open.module.testConnection(open.server, ctx));
  const latencyMs = Math.round(performance.now() - started);
  if (!answer.ok) {
    const { kind, words } = answer.error;
    const lines = [failed('signedIn', causeOf(kind, answer), words), skipped('rights'), skipped('version')];
    return { lines, info: null, latencyMs, error: { kind, words } };
  }
  const signedIn = good('signedIn', `${latencyMs} ms`);
  const facts = await askFacts(open);
  return { lines: [signedIn, ...facts.lines], info: facts.info, latencyMs, error: null };
}

async function askFacts(open: Callable): Promise<{ lines: CheckLine[]; info: ServerInfo | null }> {
  if (!open.module.getServerInfo) return { lines: [skipped('rights'), skipped('version')], info: null };
  const answer = await callPanel(open, { call: 'test' }, async (ctx) => open.module.getServerInfo?.(open.server, ctx));
  const info = answer.ok ? (answer.value ?? null) : null;
  if (info === null) {
    const words = answer.ok ? '' : answer.error.words;
    return { lines: [skipped('rights'), failed('version', 'factsFailed', words)], info };
  }
  const rights = info.missing?.length
    ? failed('rights', 'missingRights', info.missing.join(', '))
    : info.missing
      ? good('rights')
      : skipped('rights');
  return { lines: [rights, info.version === null ? skipped('version') : good('version', info.version)], info };
}

const CAUSES: Partial<Record<ErrorKind, CheckCause>> = {
  unreachable: 'notReachable',
  timeout: 'tooSlow',
  'rate-limited': 'rateLimited',
  auth: 'loginRefused',
};

/** `busy` is what a module says of an answer it cannot read: the panel is in trouble, or it is another panel. */
function causeOf(kind: ErrorKind, { exchange }: PanelAnswer<unknown>): CheckCause {
  if (kind !== 'busy') return CAUSES[kind] ?? 'settingsWrong';
  return /^5\d\d/.test(exchange.answer ?? '') ? 'panelFailing' : 'notThisPanel';
}
