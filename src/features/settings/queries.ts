import { resolve } from 'node:path';
import { env, publicUrl } from '@/env';
import { db } from '@/lib/db';
import { mailServerAddress } from '@/lib/mailer';
import { fromOf } from '../emails/mail-sender';
import { executorState, heartbeatAge } from '../health/check-health';
import { PROGRAM_VERSION } from './program-version';
import { readSettings } from './read-settings';
import type { AboutFacts, MailServerFacts, Settings, SettingsPage } from './schema';

/** Everything the settings page shows: what can be changed there, and what the environment decides. */
export async function getSettings(): Promise<SettingsPage> {
  const [values, about] = await Promise.all([readSettings(), readAbout()]);
  return { values, mailServer: mailServerFacts(values), about };
}

/** Name, port and encryption; user and password stay where they are. */
export function mailServerFacts(values: Settings): MailServerFacts {
  const address = mailServerAddress();
  return {
    configured: address !== null,
    host: address && `${address.host}:${address.port}`,
    encryption: address?.encryption ?? null,
    from: fromOf(values, env.MAIL_FROM),
  };
}

async function readAbout(): Promise<AboutFacts> {
  const [age, [database]] = await Promise.all([
    heartbeatAge(),
    db.$queryRaw<{ version: string; bytes: number }[]>`SELECT current_setting('server_version') AS "version",
      pg_database_size(current_database())::float8 AS "bytes"`,
  ]);
  return {
    version: PROGRAM_VERSION,
    node: process.version,
    mode: env.HYBLE_MODE,
    bootId: env.HYBLE_BOOT_ID,
    publicUrl: publicUrl(),
    dataFolder: resolve(env.HYBLE_DATA_DIR),
    executor: { mode: executorMode(), state: executorState(age, process.uptime()) },
    database: { version: database?.version ?? '', bytes: database?.bytes ?? 0 },
  };
}

function executorMode(): AboutFacts['executor']['mode'] {
  if (env.HYBLE_EXECUTOR === 'embedded') return 'embedded';
  return env.INNGEST_DEV && env.INNGEST_DEV !== '0' ? 'inngest-dev' : 'inngest';
}
