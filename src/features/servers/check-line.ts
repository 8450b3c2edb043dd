import type { SeenCertificate } from '@/modules/sdk/inspect-certificate';

export const CHECK_STEPS = ['resolved', 'connected', 'certificate', 'signedIn', 'rights', 'version'] as const;
export type CheckStep = (typeof CHECK_STEPS)[number];

/** What can be wrong with a connection; the texts are `connectionTest.causes.<code>`. */
export const CHECK_CAUSES = [
  'nameUnknown',
  'addressRefused',
  'notReachable',
  'noEncryption',
  'certificateUntrusted',
  'certificateChanged',
  'loginRefused',
  'settingsWrong',
  'notThisPanel',
  'panelFailing',
  'tooSlow',
  'rateLimited',
  'missingRights',
  'factsFailed',
] as const;
export type CheckCause = (typeof CHECK_CAUSES)[number];

/** One line of the checklist. Trouble is an answer: what was found, what it means, what to do. */
export interface CheckLine {
  step: CheckStep;
  state: 'ok' | 'failed' | 'skipped';
  /** Facts on a good line, the other side's own words on a failed one. */
  words: string | null;
  code: CheckCause | null;
  cause: string | null;
  cure: string | null;
}

export interface Checklist {
  /** The panel answered well; missing rights are told but do not count. */
  ok: boolean;
  lines: CheckLine[];
  /** What the server showed, also when it is not trusted yet. */
  certificate: SeenCertificate | null;
  version: string | null;
  accountCount: number | null;
  /** How long the panel took for its own test. */
  latencyMs: number | null;
}

export const good = (step: CheckStep, words: string | null = null): CheckLine => ({
  step,
  state: 'ok',
  words,
  code: null,
  cause: null,
  cure: null,
});

export const skipped = (step: CheckStep): CheckLine => ({ ...good(step), state: 'skipped' });

/** Its cause and cure are put in by language at the end. */
export const failed = (step: CheckStep, code: CheckCause, words: string): CheckLine => ({
  ...good(step, words),
  state: 'failed',
  code,
});
