import { z } from 'zod';

/** A module that never lets go of the processor once it is told to create: nothing else in its process goes on. */
export default class Loops {
  name = 'Loops';
  slug = 'loops';
  version = '1.0.0';
  // Looking works and a repeat makes no twin: there is every reason to try again.
  policies = { duplicates: 'panel-refuses', proof: 'external-id' };
  configSchema = z.object({ key: z.string() });
  async testConnection() {
    return true;
  }
  async getAccount() {
    return null;
  }
  async create() {
    for (;;);
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
