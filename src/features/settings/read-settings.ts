import { db, type Tx } from '@/lib/db';
import { DEFAULT_SETTINGS, SETTINGS, type SettingKey, type Settings, settings } from './schema';

/** All settings; what was never set, or no longer fits, has its default. */
export async function readSettings(tx: Tx | typeof db = db): Promise<Settings> {
  const rows = await tx.setting.findMany({ where: { key: { in: Object.keys(SETTINGS) } } });
  const stored = rows.flatMap(({ key, value }) => {
    const parsed = isSettingKey(key) ? SETTINGS[key].safeParse(value) : null;
    return parsed?.success ? [[key, parsed.data]] : [];
  });
  return settings.parse({ ...DEFAULT_SETTINGS, ...Object.fromEntries(stored) });
}

function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(SETTINGS, key);
}
