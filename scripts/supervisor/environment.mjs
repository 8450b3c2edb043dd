// Reads the settings of a start from the environment, and makes the environment of the web process.
import { createServer } from 'node:net';

/**
 * What the start is told from outside.
 * @param {Record<string, string | undefined>} env
 */
export function readSettings(env = process.env) {
  checkInngest(env);
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`PORT is ${env.PORT}, which is no port number. Give a number from 1 to 65535.`);
  }
  const watchdogSeconds = Number(env.HYBLE_WATCHDOG_SECONDS || 30);
  if (!(watchdogSeconds >= 3 && watchdogSeconds <= 600)) {
    throw new Error(
      `HYBLE_WATCHDOG_SECONDS is ${env.HYBLE_WATCHDOG_SECONDS}, which is no number of seconds from 3 to 600. Leave it out for 30.`,
    );
  }
  const host = env.HOST || '127.0.0.1';
  const shown = ['0.0.0.0', '::', ''].includes(host) ? '127.0.0.1' : host;
  const url = `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`;
  return {
    port,
    host,
    /** Where the web process is reached from this machine. */
    url,
    publicUrl: (env.HYBLE_PUBLIC_URL || env.NEXTAUTH_URL || url).replace(/\/+$/, ''),
    databaseUrl: env.DATABASE_URL || undefined,
    /** A web process or executor that has not answered for so long is killed and started again. */
    watchdogMs: watchdogSeconds * 1000,
    ownInngest: Boolean(env.INNGEST_BASE_URL || env.INNGEST_EVENT_KEY || isDevelopment(env)),
  };
}

const isDevelopment = ({ INNGEST_DEV: dev }) => Boolean(dev) && !['0', 'false'].includes(dev);

/** Calls of durable functions must be signed: whoever reaches the panel could run them otherwise. */
function checkInngest(env) {
  const inDevelopment = isDevelopment(env);
  if (inDevelopment && env.HYBLE_ALLOW_UNSIGNED !== '1') {
    throw new Error(
      `INNGEST_DEV is ${env.INNGEST_DEV}: in this mode anybody who reaches the panel can run its durable functions. Leave it ` +
        'out, or set HYBLE_ALLOW_UNSIGNED=1 to try an Inngest dev server on a machine that nobody else reaches.',
    );
  }
  if (inDevelopment) return;
  const missing = ['INNGEST_EVENT_KEY', 'INNGEST_SIGNING_KEY'].filter((name) => !env[name]);
  if ((env.INNGEST_BASE_URL || missing.length === 1) && missing.length > 0) {
    throw new Error(
      `${missing.join(' and ')} ${missing.length > 1 ? 'are' : 'is'} not set, though other settings name an Inngest of your ` +
        'own. Set both keys, or none of the INNGEST_ settings for the built-in executor.',
    );
  }
}

/** Tries the port before anything is started on it. */
export function checkPort({ port, host }) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => {
      const reason = error.code === 'EADDRINUSE' ? 'is used by another program' : `cannot be used (${error.message})`;
      reject(new Error(`Port ${port} on ${host} ${reason}. Stop that program, or choose another: PORT=3001 npm start`));
    });
    server.listen(port, host, () => server.close(resolve));
  });
}

/** The environment of the web process and of scripts that act in its place (the seed). */
export function webEnvironment({ settings, secrets, mode, dataFolder, bootId, databaseUrl, executorPort, extra }) {
  const embedded = executorPort
    ? {
        HYBLE_EXECUTOR: 'embedded',
        INNGEST_DEV: '0',
        INNGEST_BASE_URL: `http://127.0.0.1:${executorPort}`,
        INNGEST_EVENT_KEY: secrets.inngestEventKey,
        INNGEST_SIGNING_KEY: secrets.inngestSigningKey,
        INNGEST_SERVE_ORIGIN: settings.url,
      }
    : { INNGEST_SERVE_ORIGIN: process.env.INNGEST_SERVE_ORIGIN || settings.publicUrl };
  return {
    ...process.env,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    HOST: settings.host,
    PORT: String(settings.port),
    HYBLE_MODE: mode,
    HYBLE_DATA_DIR: dataFolder,
    HYBLE_BOOT_ID: bootId,
    HYBLE_PUBLIC_URL: settings.publicUrl,
    HYBLE_KEY_RING: process.env.HYBLE_KEY_RING || `${dataFolder}/keys.json`,
    NEXTAUTH_SECRET: process.env.NEXTAUTH_SECRET || secrets.nextAuthSecret,
    NEXTAUTH_URL: process.env.NEXTAUTH_URL || settings.publicUrl,
    DATABASE_URL: databaseUrl,
    ...embedded,
    ...extra,
  };
}
