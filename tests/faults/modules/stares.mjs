import Loops from './loops.mjs';

/** A module that never lets go of the processor once it is told to look: nothing else in its process goes on. */
export default class Stares extends Loops {
  name = 'Stares';
  slug = 'stares';
  // A repeat could make a twin, so that it is told to look before anything is sent.
  policies = { duplicates: 'none', proof: 'external-id' };
  async getAccount() {
    for (;;);
  }
  async create() {
    return { remoteId: '1' };
  }
}
