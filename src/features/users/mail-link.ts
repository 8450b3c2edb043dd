import { z } from 'zod';
import { db } from '@/lib/db';
import { makeLink } from './one-time-code';

/** What a mail with a personal link is made from. The code is none of it: it is made when the mail is sent. */
export const mailedLink = z.object({
  name: z.string(),
  userId: z.string(),
  minutes: z.number().int(),
  returnTo: z.string().nullable(),
});
export type MailedLink = z.infer<typeof mailedLink>;

const PURPOSES = { 'sign-in-link': 'sign-in', 'password-link': 'set-password', invitation: 'set-password' } as const;

/**
 * The personal link of a mail that is about to be sent; null for mails that have none. A code never lies in a kept mail,
 * and a mail that waited for its server still holds one that works. Sent again, the earlier link stops working.
 */
export async function makeMailLink(template: string, data: unknown): Promise<string | null> {
  const purpose = Object.entries(PURPOSES).find(([name]) => name === template)?.[1];
  if (!purpose) return null;
  const { userId, minutes, returnTo } = mailedLink.parse(data);
  const { link } = await db.$transaction((tx) => makeLink(tx, { purpose, userId, minutes, returnTo }));
  return link;
}
