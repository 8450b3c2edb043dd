export interface DurationParts {
  key: 'seconds' | 'minutes' | 'minutesSeconds' | 'hours' | 'hoursMinutes' | 'days';
  values: { seconds: number; minutes: number; hours: number; days: number };
}

/** A length of time in the two units that matter; the texts are `time.<key>`. */
export function durationParts(totalSeconds: number): DurationParts {
  const whole = Math.max(0, totalSeconds);
  const days = Math.floor(whole / 86_400);
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60);
  if (days >= 2) return parts('days', { days });
  if (hours >= 1) {
    const rest = minutes % 60;
    return rest ? parts('hoursMinutes', { hours, minutes: rest }) : parts('hours', { hours });
  }
  if (minutes >= 1) {
    const rest = Math.round(whole) % 60;
    return rest ? parts('minutesSeconds', { minutes, seconds: rest }) : parts('minutes', { minutes });
  }
  return parts('seconds', {
    seconds: whole < 10 ? Math.max(whole > 0 ? 0.1 : 0, Math.round(whole * 10) / 10) : Math.round(whole),
  });
}

function parts(key: DurationParts['key'], values: Partial<DurationParts['values']>): DurationParts {
  return { key, values: { seconds: 0, minutes: 0, hours: 0, days: 0, ...values } };
}
