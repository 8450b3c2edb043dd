import type { EmailItem } from '../schema';

/** As the chips offer them. Written here again: the schema would bring its whole library into every list of mails. */
export const EMAIL_STATES = ['QUEUED', 'SENT', 'FAILED'] as const satisfies readonly EmailItem['state'][];

/** A state from the address; anything else means "all". */
export function readEmailState(text: string | undefined): EmailItem['state'] | undefined {
  return EMAIL_STATES.find((state) => state === text);
}
