import { z } from 'zod';

/** A panel that knows an order by its key: what each call was given is kept, and what it shall do is told by the test. */
const script = globalThis.keyedPanel ?? { keys: [], acts: [], looks: null };

class PanelError extends Error {
  name = 'ModuleError';
  constructor(kind, outcome) {
    super(`scripted: ${kind}`);
    Object.assign(this, { kind, outcome, words: `scripted: ${kind}` });
  }
}

const act = (told, service) => {
  if (told === 'done') return { remoteId: `made-for-${service.id}` };
  if (told === 'same') return { remoteId: 'made-before' };
  if (told === 'lost') throw new PanelError('timeout', 'unknown');
  if (told === 'unreachable') throw new PanelError('unreachable', 'not-done');
  throw new PanelError('busy', 'not-done');
};

class Keyed {
  name = 'Keyed';
  version = '1.0.0';
  type = 'custom';
  policies = { duplicates: 'idempotency-key', proof: 'external-id' };
  configSchema = z.object({ key: z.string() });
  async testConnection() {
    return true;
  }
  async create(service, _server, ctx) {
    script.keys.push(ctx.idempotencyKey);
    return act(script.acts.shift() ?? 'done', service);
  }
  async suspend() {
    return true;
  }
  async unsuspend() {
    return true;
  }
  async terminate() {
    return true;
  }
  async changePassword() {
    return true;
  }
}

export default new (class extends Keyed {
  slug = 'keyed';
  async getAccount() {
    const told = script.looks?.shift();
    if (told === 'unreachable' || told === 'busy') act(told);
    return null;
  }
})();
