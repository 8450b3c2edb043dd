import { appTexts } from '@/i18n/app-texts';
import { callLimit } from './call-limits';
import type { Callable } from './call-panel';
import { type CheckLine, type Checklist, skipped } from './check-line';
import { checkNetwork } from './check-network';
import { checkPanel, type PanelCheck } from './check-panel';
import { addressOf } from './connection-settings';
import { outboundPolicy } from './outbound-policy';
import type { TestPart } from './schema';

interface Result extends Checklist {
  /** null = the panel itself was not asked. */
  verdict: Pick<PanelCheck, 'error' | 'latencyMs' | 'info'> | null;
}

/**
 * The connection test, line by line: name, connection, certificate, sign-in, rights, version. A module that does not say
 * where it dials gets the one line that its own test gives. Trouble is an answer, never an exception.
 */
export async function runChecklist(open: Callable, part: TestPart, language: 'en' | 'tr'): Promise<Result> {
  const network = part === 'panel' ? null : await networkLines(open);
  const broken = network?.lines.some(({ state }) => state === 'failed') ?? false;
  const panel = part === 'network' || broken ? null : await checkPanel(open);
  const shown = open.module.getServerInfo || addressOf(open.module, open.server) !== null;
  const panelLines =
    panel?.lines ?? (part === 'network' ? [] : [skipped('signedIn'), skipped('rights'), skipped('version')]);
  const lines = [...(network?.lines ?? []), ...panelLines.filter(({ step }) => shown || step === 'signedIn')];
  return {
    ok: lines.every(({ state, step }) => state !== 'failed' || step === 'rights' || step === 'version'),
    lines: lines.map((line) => explained(line, open.module.name, language)),
    certificate: network?.certificate ?? null,
    version: panel?.info?.version ?? null,
    accountCount: panel?.info?.accountCount ?? null,
    latencyMs: panel?.latencyMs ?? null,
    verdict: panel && { error: panel.error, latencyMs: panel.latencyMs, info: panel.info },
  };
}

async function networkLines({ module, server, trust, record }: Callable) {
  const address = addressOf(module, server);
  if (address === null) return null;
  const timeoutMs = callLimit('test', module.policies, record.timeouts) * 1000;
  return checkNetwork(address, trust, { policy: outboundPolicy(), timeoutMs });
}

function explained(line: CheckLine, module: string, language: 'en' | 'tr'): CheckLine {
  if (line.code === null) return line;
  const t = appTexts(language);
  return {
    ...line,
    cause: t(`connectionTest.causes.${line.code}.cause`, { module }),
    cure: t(`connectionTest.causes.${line.code}.cure`, { module }),
  };
}
