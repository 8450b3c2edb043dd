import { randomBytes } from 'node:crypto';
import type { SimulatorAnswer } from '@/modules/sdk/simulator-definition';
import { type CpanelState, panelNow } from './simulator-state';

/** What a function found or did, before it is put into one of the panel's forms. */
export interface Spoken {
  ok: boolean;
  reason: string;
  data?: Record<string, unknown> | null;
  /** The log for people. */
  raw?: string;
  warnings?: string[];
  chunk?: Record<string, number>;
  /** HTTP status; nearly everything is 200, refusals too. */
  status?: number;
}

export const ok = (data?: Spoken['data'], reason = 'OK', raw?: string): Spoken => ({
  ok: true,
  reason,
  ...(data === undefined ? {} : { data }),
  ...(raw === undefined ? {} : { raw }),
});
export const no = (reason: string): Spoken => ({ ok: false, reason });

/** As older builds write it: every number a text, every empty list null. */
function oldStyle(value: unknown): unknown {
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? null : value.map(oldStyle);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, oldStyle(child)]));
}

function modern(state: CpanelState, command: string, spoken: Spoken): unknown {
  const { ok: result, reason, data, raw, warnings, chunk } = spoken;
  const noise = state.dialect.noisy && !result;
  const token = randomBytes(3).toString('hex');
  const said = noise
    ? `API failure: (XID ${token}) ${reason} at /usr/local/cpanel/Whostmgr/API/1.pm line 417.`
    : reason;
  const output = { ...(raw === undefined ? {} : { raw }), ...(warnings ? { warnings } : {}) };
  return {
    metadata: {
      command,
      reason: said,
      result: result ? 1 : 0,
      version: 1,
      ...(Object.keys(output).length > 0 ? { output } : {}),
      ...(chunk ? { chunk } : {}),
    },
    ...(result && data !== undefined ? { data } : {}),
    ...(!result && state.dialect.old ? { data: null } : {}),
  };
}

const CHANGES = new Set([
  'createacct',
  'suspendacct',
  'unsuspendacct',
  'removeacct',
  'changepackage',
  'create_user_session',
]);

/** API 0: each function has a form of its own. */
function legacy(command: string, { ok: result, reason, data, raw }: Spoken): unknown {
  const status = result ? 1 : 0;
  if (/^Unknown app/i.test(reason)) return { error: `Unknown App Requested: ${command}` };
  if (command === 'passwd') {
    const services = result ? [{ app: 'system' }, { app: 'mail' }] : null;
    return { passwd: [{ status, statusmsg: reason, services, rawout: raw ?? null }] };
  }
  if (CHANGES.has(command))
    return { result: [{ status, statusmsg: reason, rawout: raw ?? null, options: result ? (data ?? null) : null }] };
  if (command === 'showbw' && result) return { bandwidth: [data] };
  if (command === 'accountsummary' || command === 'listaccts' || !result)
    return { status, statusmsg: reason, acct: null, ...data };
  return data ?? {};
}

/** One answer in the form that this server speaks. */
export function speak(state: CpanelState, command: string, spoken: Spoken, version: string | null): SimulatorAnswer {
  const { dialect } = state;
  const form = dialect.legacy || version !== '1' ? legacy(command, spoken) : modern(state, command, spoken);
  return {
    status: spoken.status ?? 200,
    headers: {
      'content-type': dialect.old ? 'text/plain' : 'application/json; charset=utf-8',
      server: 'cpsrvd/11.136.0.9',
      date: new Date(panelNow(state) * 1000).toUTCString(),
    },
    body: JSON.stringify(dialect.old ? oldStyle(form) : form),
  };
}

/** A login that is not known: the other envelope, without a word of `metadata`. */
export const accessDenied: SimulatorAnswer = {
  status: 403,
  headers: { 'content-type': 'text/plain; charset="utf-8"' },
  body: '{"cpanelresult":{"apiversion":"2","error":"Access denied","data":{"reason":"Access denied","result":"0"},"type":"text"}}',
};

const TITLES = {
  frame: 'host.example.com - WebHost Manager',
  login: 'WHM Login',
  licence: 'cPanel License Error',
};

/** A page of the panel for people, with status 200. */
export function page(kind: keyof typeof TITLES, heading = 'WebHost Manager'): SimulatorAnswer {
  return {
    status: 200,
    headers: { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' },
    body: `<!DOCTYPE html>\n<html><head><title>${TITLES[kind]}</title></head><body><h1>${heading}</h1><p>This is a simulated panel.</p></body></html>`,
  };
}
