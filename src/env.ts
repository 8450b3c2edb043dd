import { createEnv } from '@t3-oss/env-nextjs';
import { z } from 'zod';

/**
 * The only reader of process.env in the program.
 * Everything is read when it is first used, not when this file is imported: `next build` imports it without settings.
 */
const numberList = z
  .string()
  .regex(/^\d+(\.\d+)?(,\d+(\.\d+)?)*$/, 'Expected numbers separated by commas')
  .transform((text) => text.split(',').map(Number));

const read = () =>
  createEnv({
    server: {
      DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
      HYBLE_MODE: z.enum(['production', 'demo', 'test']).default('production'),
      HYBLE_DATA_DIR: z.string().default('./data'),
      HYBLE_KEY_RING: z.string().optional(),
      HYBLE_BOOT_ID: z.string().default('unsupervised'),
      HYBLE_PUBLIC_URL: z.url().optional(),
      HYBLE_SETUP_CODE_HASH: z.string().optional(),
      HYBLE_TIME_LIMIT_SECONDS: z.coerce.number().positive().optional(),
      HYBLE_RETRY_DELAYS: numberList.default([5, 15, 45, 120]),
      /** Minutes between two readings of all figures of a server, and between two checks of it. */
      HYBLE_USAGE_MINUTES: z.coerce.number().int().min(5).max(1440).default(60),
      HYBLE_CHECK_MINUTES: z.coerce.number().int().min(1).max(60).default(5),
      /** Who brings it may read /api/metrics from elsewhere; without it only this machine may. */
      HYBLE_METRICS_TOKEN: z.string().min(16).optional(),
      HYBLE_DATABASE_POOL: z.coerce.number().int().min(2).max(100).default(12),
      HYBLE_MODULES: z.string().default(''),
      HOST: z.string().default('127.0.0.1'),
      PORT: z.coerce.number().int().default(3000),
      NEXTAUTH_URL: z.url().optional(),
      NEXTAUTH_SECRET: z.string().min(32),
      /** Set by the start that brings its own executor. */
      HYBLE_EXECUTOR: z.enum(['embedded', 'elsewhere']).default('elsewhere'),
      INNGEST_DEV: z.string().optional(),
      /** Proxies whose X-Forwarded-For counts: `loopback`, `private`, addresses, ranges. */
      HYBLE_TRUSTED_PROXIES: z.string().default(''),
      OUTBOUND_ALLOW_CIDRS: z.string().default(''),
      OUTBOUND_ALLOW_LOOPBACK_PORTS: z.string().default(''),
      SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
      MAIL_FROM: z.string().default('Hyble Provisioning <no-reply@localhost>'),
      LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
    },
    experimental__runtimeEnv: {},
    emptyStringAsUndefined: true,
  });

type Env = ReturnType<typeof read>;
let cached: Env | undefined;

export const env: Env = new Proxy({} as Env, {
  get(_target, key) {
    cached ??= read();
    return Reflect.get(cached, key);
  },
});

/**
 * Puts a plain copy in the place of node's environment, which asks the operating system at every reading: the Inngest SDK
 * lists all of it several times per call, a quarter of the time of an empty step (measured).
 */
export function copyEnvironment(): void {
  process.env = { ...process.env };
}

/** Where links in mails point to. */
export function publicUrl(): string {
  return (env.HYBLE_PUBLIC_URL ?? env.NEXTAUTH_URL ?? `http://${env.HOST}:${env.PORT}`).replace(/\/+$/, '');
}

/** True under `next dev` only. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === 'development';
}
