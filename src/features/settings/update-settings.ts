import type { Prisma } from '@/generated/prisma/client';
import { recordAudit } from '@/lib/audit';
import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db';
import { inTransaction } from '@/lib/transaction';
import { readSettings } from './read-settings';
import type { SettingKey, Settings, UpdateSettingsInput } from './schema';

// Any number that no other part of the program locks.
const SETTINGS_LOCK = 7_243_002;

/** Changes the given settings, all or none, and returns all of them. What is given but the same leaves no trace. */
export async function updateSettings(ctx: Ctx, input: UpdateSettingsInput): Promise<Settings> {
  return inTransaction(async (tx) => {
    // Two who save at the same time: the second one's "before" is what the first one saved.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(${SETTINGS_LOCK}::bigint)`;
    const before = await readSettings(tx);
    const wanted: Settings = { ...before, ...definedOf(input) };
    const changed = keysOf(wanted).filter((key) => JSON.stringify(before[key]) !== JSON.stringify(wanted[key]));
    for (const key of changed) await store(tx, key, wanted[key]);
    if (changed.length > 0) {
      await recordAudit(tx, ctx, {
        action: 'settings.update',
        targetType: 'Settings',
        targetId: null,
        before: pick(before, changed),
        after: pick(wanted, changed),
      });
    }
    return wanted;
  });
}

async function store(tx: Tx, key: SettingKey, value: Settings[SettingKey]): Promise<void> {
  // "Not set" is a row less: a JSON null and a database null would be two ways to say it.
  if (value === null) await tx.setting.deleteMany({ where: { key } });
  else await tx.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
}

function pick(values: Settings, keys: readonly SettingKey[]): Prisma.InputJsonObject {
  return Object.fromEntries(keys.map((key) => [key, values[key]]));
}

/** The compiler allows `undefined` for an optional field; it means "not given". */
function definedOf(input: UpdateSettingsInput): Partial<Settings> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined));
}

function keysOf(values: Settings): SettingKey[] {
  // The shape is closed, so its keys are exactly the names of the settings.
  return Object.keys(values) as SettingKey[];
}
