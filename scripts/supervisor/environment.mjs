// Reads the settings of a start from the environment, and makes the environment of the web process.
import { createServer } from 'node:net';

/** What the start is told from outside. */
export function readSettings(env = process.env) {
  const port = Number(env.PORT || 3000);
  if (!Number.isInteger(port) || port < 1 || port > 65535) {
    throw new Error(`PORT is ${env.PORT}, which is no port number. Give a number from 1 to 65535.`);
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
    ownInngest: Boolean(env.INNGEST_BASE_URL || env.INNGEST_DEV || env.INNGEST_EVENT_KEY),
  };
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
    : {};
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
