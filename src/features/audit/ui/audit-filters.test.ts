import { expect, it } from 'vitest';
import { auditFilter } from '../schema';
import { readAuditFilter } from './audit-filters';

it('reads what the address holds', () => {
  const filter = readAuditFilter({
    search: 'x',
    on: 'Server',
    id: 'a',
    by: 'user',
    from: '2026-01-02',
    to: '2026-01-03',
  });
  expect(filter).toEqual({
    search: 'x',
    targetType: 'Server',
    targetId: 'a',
    actorType: 'user',
    from: '2026-01-02',
    to: '2026-01-03',
  });
});

it('takes nonsense for nothing, so that the page is never refused', () => {
  const filter = readAuditFilter({
    search: '',
    on: '../x',
    id: 'a'.repeat(65),
    by: 'me',
    from: '2026-99-99',
    to: 'now',
  });
  expect(Object.values(filter).filter(Boolean)).toEqual([]);
  expect(auditFilter.safeParse(filter).success).toBe(true);
});
