import { beforeEach, expect, it } from 'vitest';
import { recordAudit } from '@/lib/audit';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { asDatabaseOwner, clearAudit } from '@/lib/testing/clear-audit';
import { exportAudit } from './export-audit';
import { listAudit } from './queries';
import { auditFilter, exportAuditInput } from './schema';

const ctx = systemContext('=HYPERLINK("x")');
const entry = { action: 'server.update', targetType: 'Server', targetId: 's1' };
const file = (input: object) => exportAudit(ctx, exportAuditInput.parse(input));

beforeEach(async () => {
  await clearAudit();
  await recordAudit(db, ctx, { ...entry, before: { name: 'a\u202eb' }, after: { name: 'b' } });
  await recordAudit(db, ctx, { action: 'user.invite', targetType: 'User', targetId: 'u1' });
});

it('writes a table that no spreadsheet runs', async () => {
  const { text, rows, complete } = await file({ targetType: 'Server' });
  expect({ rows, complete }).toEqual({ rows: 1, complete: true });
  const [, line] = text.split('\r\n');
  expect(line).toContain(`"'=HYPERLINK(""x"")"`);
  expect(line).toContain('"{""name"":""a\\u202eb""}"');
});

it('writes a JSON text per line, and both files leave an entry', async () => {
  const { text } = await file({ format: 'jsonl', targetType: 'Server' });
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ).toMatchObject([{ before: { name: 'a\u202eb' } }]);
  const taken = await db.auditEntry.findMany({ where: { action: 'audit.export' } });
  expect(taken).toMatchObject([{ after: { format: 'jsonl', rows: 1, targetType: 'Server' } }]);
});

it('filters by day, both ends included, by who and by what', async () => {
  const at = new Date('2026-03-01T23:59:59Z');
  await asDatabaseOwner((tx) => tx.auditEntry.updateMany({ where: { action: 'user.invite' }, data: { at } }));
  const list = async (filter: object) => (await listAudit(auditFilter.parse(filter))).items.map(({ action }) => action);
  expect(await list({ from: '2026-03-01', to: '2026-03-01' })).toEqual(['user.invite']);
  expect(await list({ to: '2026-02-28' })).toEqual([]);
  expect(await list({ from: '2026-03-02' })).toEqual(['server.update']);
  expect(await list({ actorType: 'user' })).toEqual([]);
  expect(await list({ search: 'u1' })).toEqual(['user.invite']);
});
