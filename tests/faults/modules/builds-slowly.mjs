import { z } from 'zod';

/** A panel that accepts everything at once and is done some time later, or never; the test tells which. */
const script = globalThis.slowPanel ?? { creates: 0, suspends: 0, answers: [] };

class Pending extends Error {
  name = 'ModulePending';
  ref = 'task-7';
  pollAfterMs = 2000;
  percent = 40;
}

export default class BuildsSlowly {
  name = 'Builds slowly';
  slug = 'builds-slowly';
  version = '1.0.0';
  type = 'vps';
  policies = { duplicates: 'none', proof: 'external-id' };
  configSchema = z.object({ key: z.string() });
  async testConnection() {
    return true;
  }
  async create() {
    script.creates += 1;
    throw new Pending();
  }
  async suspend() {
    script.suspends += 1;
    throw new Pending();
  }
  async resume(ref) {
    const told = script.answers.shift();
    if (told === 'pending') throw new Pending();
    if (told === 'refused')
      throw Object.assign(new Error('no'), {
        name: 'ModuleError',
        kind: 'capacity',
        outcome: 'refused',
        words: 'no image',
      });
    if (told === 'away')
      throw Object.assign(new Error('no'), {
        name: 'ModuleError',
        kind: 'unreachable',
        outcome: 'not-done',
        words: 'away',
      });
    return script.suspends > 0 ? true : { remoteId: `vm-${ref}` };
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
