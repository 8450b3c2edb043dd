import { ModuleError, type ModuleErrorDetails } from '@/modules/sdk/errors';
import type { PanelAnswer } from '@/modules/sdk/http';
import { failure } from './answers';

/** What Pickaxe's reasons mean to us. A reason that is not listed is a refusal of the order as it stands. */
const REASONS: Record<string, Pick<ModuleErrorDetails, 'kind' | 'outcome'>> = {
  external_id_taken: { kind: 'conflict' },
  server_not_found: { kind: 'not-found' },
  node_not_found: { kind: 'policy', outcome: 'not-done' },
  node_full: { kind: 'capacity' },
  no_free_port: { kind: 'capacity' },
  invalid_request: { kind: 'invalid-input' },
  unknown_game: { kind: 'invalid-input' },
  weak_password: { kind: 'invalid-input' },
  server_suspended: { kind: 'unsupported' },
  // Pickaxe's own 404 for a path it does not have: the address leads to the wrong place of the right panel.
  route_not_found: { kind: 'policy', outcome: 'not-done' },
  server_busy: { kind: 'busy', outcome: 'not-done' },
  rate_limited: { kind: 'rate-limited' },
};

const OUR_FIELDS: Record<string, string> = {
  game: 'product.moduleSettings.game',
  ram: 'configOptions.ram',
  cpu: 'configOptions.cpu',
  disk: 'configOptions.disk',
  name: 'domain',
};

/**
 * A 4xx answer as the error it means. Without Pickaxe's own error body somebody else answered, a proxy or a wrong
 * address, and then not even "not found" may be believed.
 */
export function pickaxeError(answer: PanelAnswer): ModuleError {
  const parsed = failure.safeParse(readJson(answer));
  if (!parsed.success) {
    return new ModuleError({
      kind: 'busy',
      words: `HTTP ${answer.status}, but not in the form of Pickaxe's API. Is the API address right, and nothing in between?`,
    });
  }
  const { code, message, field } = parsed.data.error;
  const reason = REASONS[code] ?? { kind: 'invalid-input' as const };
  return new ModuleError({
    ...reason,
    words: `Pickaxe refused: ${message || code}`,
    field: field ? (OUR_FIELDS[field] ?? field) : undefined,
  });
}

function readJson(answer: PanelAnswer): unknown {
  try {
    return answer.json();
  } catch {
    return null;
  }
}

/** An answer that says yes and lacks the one thing it is for. */
export function incompleteAnswer(what: string): ModuleError {
  return new ModuleError({
    kind: 'busy',
    words: `Pickaxe answered without ${what}. The work may or may not have been done.`,
  });
}
