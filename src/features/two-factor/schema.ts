import { z } from 'zod';

/** Six digits of the app, or a recovery code; spaces and dashes, which people type along, mean nothing. */
export const secondFactorCode = z
  .string()
  .max(60)
  .transform((text) => text.replace(/[\s-]/g, '').toLowerCase())
  .pipe(z.string().regex(/^(\d{6}|[a-z2-7]{16})$/, 'Enter the six digits that the app shows, or a recovery code.'));

/** Of the app only: whoever sets it up has to show that it works. */
export const confirmTwoFactorInput = z.strictObject({
  code: z
    .string()
    .max(20)
    .transform((text) => text.replace(/\s/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'Enter the six digits that the app shows.')),
});
export type ConfirmTwoFactorInput = z.infer<typeof confirmTwoFactorInput>;

export const removeTwoFactorInput = z.strictObject({ code: secondFactorCode });
export type RemoveTwoFactorInput = z.infer<typeof removeTwoFactorInput>;

export interface TwoFactorState {
  on: boolean;
  since: string | null;
  /** Unused ones. */
  recoveryCodes: number;
  /** Staff of this panel have to have it. */
  must: boolean;
}

export interface TwoFactorSetUp {
  /** For apps that cannot read the picture. */
  setUpKey: string;
  /** What the picture says: an `otpauth:` address. */
  address: string;
}
