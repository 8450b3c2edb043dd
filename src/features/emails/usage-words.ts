import type { UsageWarningData } from './schema';

/** Which limit, and whether it is only near or reached, as the texts ask for it. */
export function usageWords({ metric, level }: Pick<UsageWarningData, 'metric' | 'level'>) {
  return { metric, level: String(level), reached: level >= 100 ? 'yes' : 'no' };
}
