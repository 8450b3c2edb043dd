import { expect, it } from 'vitest';
import { toChartDays } from './chart-days';

const today = new Date('2026-03-02T23:30:00Z');

it('fills the span to today, with empty days where nothing was read', () => {
  const known = [
    { day: '2026-02-27', disk: 5, diskPeak: 7, transferred: 1 },
    { day: '2026-03-01', disk: null, diskPeak: null, transferred: 0 },
    { day: '2026-03-02', disk: 6, diskPeak: null, transferred: 2 },
  ];
  expect(toChartDays(known, 5, today)).toEqual([
    { day: '2026-02-26', disk: null, transferred: null },
    { day: '2026-02-27', disk: 7, transferred: 1 },
    { day: '2026-02-28', disk: null, transferred: null },
    { day: '2026-03-01', disk: null, transferred: 0 },
    { day: '2026-03-02', disk: 6, transferred: 2 },
  ]);
});

it('has as many days as asked for, whatever is known', () => {
  expect(toChartDays([], 90, today)).toHaveLength(90);
});
