const MINUTE = 60;
const HOUR = 60 * MINUTE;
const GROWING = [30, 2 * MINUTE, 10 * MINUTE, HOUR, 2 * HOUR];
const STEADY = 4 * HOUR;
const GIVE_UP_AFTER = 72 * HOUR;

/**
 * Seconds until the next try after `attempts` tries failed; null = three days are over, a person has to look.
 * Counted in tries, not by the clock: days without a mail server in the settings do not use them up.
 */
export function retryDelaySeconds(attempts: number): number | null {
  let waited = 0;
  for (let tried = 1; tried < attempts; tried++) waited += GROWING[tried - 1] ?? STEADY;
  return waited >= GIVE_UP_AFTER ? null : (GROWING[attempts - 1] ?? STEADY);
}
