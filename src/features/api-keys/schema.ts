import { z } from 'zod';
import { thingName } from '../lists/schema';
import { SCOPES } from './permissions';

/** Days a key may work; null in an input = until it is revoked. */
export const MAX_KEY_DAYS = 730;

export const createApiKeyInput = z.strictObject({
  name: thingName,
  scopes: z
    .array(z.enum(SCOPES))
    .min(1, 'Allow the key at least one thing.')
    .transform((scopes) => SCOPES.filter((scope) => scopes.includes(scope))),
  expiresInDays: z
    .number()
    .int()
    .min(1, 'A key works for at least one day.')
    .max(MAX_KEY_DAYS, `A key works for at most ${MAX_KEY_DAYS} days.`)
    .nullable(),
});
export type CreateApiKeyInput = z.infer<typeof createApiKeyInput>;

export interface ApiKeyItem {
  id: string;
  name: string;
  /** Its first letters. */
  hint: string;
  scopes: string[];
  state: 'active' | 'expired' | 'revoked';
  expiresAt: string | null;
  lastUsedAt: string | null;
  lastUsedAddress: string | null;
  createdAt: string;
  /** Who made it; null = gone. `active`: still works here. */
  createdBy: { name: string; active: boolean } | null;
}
