import { z } from 'zod';

const secret = 'hostile-secret-4711';

/** A module as careless as they come: written to the specification's interface alone, and wrong in every way we know. */
const ways = {
  'throws a string': () => {
    throw 'it went wrong';
  },
  'throws undefined': () => {
    throw undefined;
  },
  'throws null': () => {
    throw null;
  },
  'throws an error with the key in it': () => {
    throw new Error(`401 for key ${secret}`);
  },
  'throws a message of 5 MB': () => {
    throw new Error('x'.repeat(5_000_000));
  },
  'never settles': () => new Promise(() => {}),
  'answers nothing': () => undefined,
  'answers a text': () => 'ok',
  'answers false': () => false,
};

export default class Hostile {
  name = 'Hostile';
  slug = 'hostile';
  version = '1.0.0';
  configSchema = z.object({ key: z.string().meta({ secret: true }) });
  async testConnection() {
    return true;
  }
  async create(service) {
    return ways[service.product.moduleSettings.way]();
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
