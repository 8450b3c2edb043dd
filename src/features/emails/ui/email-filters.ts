import { EMAIL_STATES } from '../schema';

/** A state from the address; anything else means "all". */
export function readEmailState(text: string | undefined): (typeof EMAIL_STATES)[number] | undefined {
  return EMAIL_STATES.find((state) => state === text);
}
