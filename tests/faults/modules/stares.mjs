import { z } from 'zod';

/** A module that never lets go of the processor once it is told to look: nothing else in its process goes on. */
export default class Stares {
  name = 'Stares';
  slug = 'stares';
  version = '1.0.0';
  // A repeat could make a twin, so that it is told to look before anything is sent.
  policies = { duplicates: 'none', proof: 'external-id' };
  configSchema = z.object({ key: z.string() });
  async testConnection() {
    return true;
  }
  async getAccount() {
    for (;;);
  }
  async create() {
    return { remoteId: '1' };
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
