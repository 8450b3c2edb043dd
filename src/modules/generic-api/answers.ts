import { ModuleError, type ModuleErrorDetails } from '@/modules/sdk/errors';
import type { PanelAnswer } from '@/modules/sdk/http';
import { errorForStatus, panelWords, unusableAnswer } from '@/modules/sdk/http-outcomes';
import type { CallDefinition, Meaning, MeaningDefinition } from './definition-calls';
import { holds, type Scope, take } from './expressions';

/** Every answer is judged by the definition first, whatever its status. */
export const JUDGED_HERE: readonly number[] = Array.from({ length: 300 }, (_, n) => 300 + n);

const MEANS: Record<Meaning, Pick<ModuleErrorDetails, 'kind' | 'outcome'>> = {
  exists: { kind: 'conflict' },
  'not-found': { kind: 'not-found' },
  auth: { kind: 'auth' },
  busy: { kind: 'busy' },
  'rate-limited': { kind: 'rate-limited' },
  capacity: { kind: 'capacity' },
  refused: { kind: 'invalid-input' },
  unsupported: { kind: 'unsupported' },
};

type AnswerKind = CallDefinition['answer'];
const looksLikePage = (text: string) => /^\s*</.test(text);

/** What expressions can name of an answer. `body` is there where the answer is JSON, whatever was expected. */
export function answerScope(answer: PanelAnswer): Scope {
  const { status, headers, text } = answer;
  const facts = { status, headers, text };
  if (text.trim() === '' || looksLikePage(text)) return facts;
  try {
    const body = answer.json();
    return { ...facts, body, item: body };
  } catch {
    return facts;
  }
}

/** An answer that says yes must be of the kind that the definition expects; anything else came from somebody else. */
function checkKind(answer: PanelAnswer, kind: AnswerKind): void {
  if (kind === 'json' && answer.status !== 204) answer.json();
  if (kind === 'none' && answer.text.trim() !== '') throw unusableAnswer('nothing but a status was expected.');
  if (kind === 'text' && looksLikePage(answer.text)) throw unusableAnswer('it is a web page where text was expected.');
}

export type Verdict = 'done' | 'exists' | 'not-found';

export interface Judging {
  call: Pick<CallDefinition, 'title' | 'answer' | 'statuses' | 'doneWhen' | 'meanings' | 'fine'>;
  /** What holds for every call of the definition. */
  meanings: readonly MeaningDefinition[];
}

/** What an answer means. Anything that is neither done nor fine is thrown. */
export function judgeAnswer({ call, meanings }: Judging, answer: PanelAnswer, scope: Scope): Verdict {
  const meaning = [...call.meanings, ...meanings].find(({ when }) => holds(when, scope));
  if (meaning) {
    const { means } = meaning;
    if ((means === 'exists' || means === 'not-found') && call.fine.includes(means)) return means;
    throw meaningError(call.title, meaning, answer, scope);
  }
  if (!call.statuses.includes(answer.status)) throw statusError(call.title, answer);
  checkKind(answer, call.answer);
  if (call.doneWhen !== undefined && !holds(call.doneWhen, scope)) {
    throw unusableAnswer(`it does not say that "${call.title}" is done (${call.doneWhen}).`);
  }
  return 'done';
}

function meaningError(title: string, { means, words }: MeaningDefinition, answer: PanelAnswer, scope: Scope) {
  const said = words === undefined ? panelWords(answer.text) : textOf(take(words, scope));
  const given = errorForStatus(429, answer.headers['retry-after'], '');
  return new ModuleError({
    ...MEANS[means],
    ...(means === 'rate-limited' && { retryAfterMs: given?.retryAfterMs }),
    words: `"${title}": ${WORDS[means]} (HTTP ${answer.status}).${said ? ` It said: ${said}` : ''}`,
  });
}

const WORDS: Record<Meaning, string> = {
  exists: 'the panel says that it exists already',
  'not-found': 'the panel does not know it',
  auth: 'the panel refused the login. Check the secrets of this server and their rights',
  busy: 'the panel is busy. It may or may not have done the work',
  'rate-limited': 'the panel asks us to slow down',
  capacity: 'the panel is full',
  refused: 'the panel refused',
  unsupported: 'the panel cannot do this',
};

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 500) : '';
}

/** A status that the definition says nothing about. A "not found" is not believed: the address may be wrong. */
function statusError(title: string, answer: PanelAnswer): ModuleError {
  const { status, headers, text } = answer;
  const words = panelWords(text);
  const known = errorForStatus(status, headers['retry-after'], words);
  if (known) return known;
  const said = words ? ` It said: ${words}` : '';
  if (status < 400 || status === 404 || status === 405 || status === 408 || looksLikePage(text)) {
    return new ModuleError({
      kind: 'busy',
      words: `"${title}": HTTP ${status}, and the definition does not say what that means. Is the address right?${said} The work may or may not have been done.`,
    });
  }
  return new ModuleError({
    kind: status === 409 ? 'conflict' : 'invalid-input',
    words: `"${title}": the panel refused (HTTP ${status}).${said}`,
  });
}
