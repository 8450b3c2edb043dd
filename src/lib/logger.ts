import pino from 'pino';
import { env } from '@/env';

const shared = globalThis as unknown as { hybleLogger?: pino.Logger };

function create(): pino.Logger {
  return pino({
    level: env.LOG_LEVEL,
    redact: {
      paths: ['*.password', '*.apiKey', '*.accessHash', '*.authorization', '*.cookie', '*.secret', '*.token'],
      censor: '[removed]',
    },
  });
}

/** JSON lines on stdout. Never give it a settings object, a request or a panel's answer: fields by name only. */
export const logger: pino.Logger = new Proxy({} as pino.Logger, {
  get(_target, key) {
    shared.hybleLogger ??= create();
    const value: unknown = Reflect.get(shared.hybleLogger, key);
    return typeof value === 'function' ? value.bind(shared.hybleLogger) : value;
  },
});
