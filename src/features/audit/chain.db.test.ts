import { beforeEach, describe, expect, it } from 'vitest';
import { recordAudit } from '@/lib/audit';
import { systemContext } from '@/lib/context';
import { db } from '@/lib/db';
import { asDatabaseOwner, clearAudit } from '@/lib/testing/clear-audit';
import { chainAudit } from './chain-audit';
import { checkChain, checkChainNow } from './check-chain';

const ctx = systemContext('a test');

async function write(count: number, tx: Parameters<typeof recordAudit>[0] = db): Promise<void> {
  for (let i = 0; i < count; i++) {
    await recordAudit(tx, ctx, {
      action: 'server.update',
      targetType: 'Server',
      targetId: `s${i}`,
      before: { b: 1, a: ['x', null] },
      after: { b: i },
    });
  }
}

const ids = async () => (await db.auditEntry.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);

beforeEach(async () => {
  await clearAudit();
  await db.setting.deleteMany();
});

describe('the log', () => {
  it.each([
    ['UPDATE "AuditEntry" SET "actorName" = \'x\''],
    ['DELETE FROM "AuditEntry"'],
    ['TRUNCATE "AuditEntry"'],
    ['UPDATE "AuditLink" SET "hash" = \'x\''],
    ['DELETE FROM "AuditLink"'],
  ])('refuses %s', async (statement) => {
    await write(2);
    await chainAudit();
    await expect(db.$executeRawUnsafe(statement)).rejects.toThrow(/append-only/);
    expect(await db.auditEntry.count()).toBe(2);
  });
});

describe('the chain', () => {
  it('links each entry once, however many link at the same time, and finds it whole', async () => {
    await write(25);
    const linked = await Promise.all([chainAudit(), chainAudit(), chainAudit()]);
    expect(linked.reduce((sum, count) => sum + count)).toBe(25);
    await write(5);
    expect(await checkChain()).toMatchObject({ entries: 30, fault: null });
    expect(await checkChain()).toMatchObject({ entries: 30, fault: null });
  });

  it('links an entry that was committed after younger ones', async () => {
    await db.$transaction(async (tx) => {
      await write(1, tx);
      await write(3);
      expect(await chainAudit()).toBe(3);
    });
    expect(await chainAudit()).toBe(1);
    expect(await checkChain()).toMatchObject({ entries: 4, fault: null });
  });

  it('a check by a person leaves an entry, which the next one covers', async () => {
    await write(1);
    expect(await checkChainNow(ctx)).toMatchObject({ entries: 1, fault: null });
    expect(await checkChain()).toMatchObject({ entries: 2, fault: null });
  });
});

describe('an intruder who owns the database', () => {
  beforeEach(async () => {
    await write(6);
    await checkChain();
  });

  it('changes one letter in the middle', async () => {
    const [, , third] = await ids();
    await asDatabaseOwner(
      (tx) => tx.$executeRaw`UPDATE "AuditEntry" SET "after" = '{"b": 9}' WHERE "id" = ${third ?? ''}`,
    );
    expect(await checkChain()).toMatchObject({ entries: 2, fault: { what: 'entry-changed', entryId: third } });
  });

  it('takes an entry out', async () => {
    const [, , third] = await ids();
    await asDatabaseOwner((tx) => tx.auditEntry.deleteMany({ where: { id: third ?? '' } }));
    expect((await checkChain()).fault).toMatchObject({ what: 'entry-missing', entryId: third });
  });

  it('takes an entry and its link out', async () => {
    const [, , third, fourth] = await ids();
    await asDatabaseOwner(async (tx) => {
      await tx.auditLink.deleteMany({ where: { entryId: third ?? '' } });
      await tx.auditEntry.deleteMany({ where: { id: third ?? '' } });
    });
    expect((await checkChain()).fault).toMatchObject({ what: 'link-missing', entryId: fourth });
  });

  it('cuts off the end', async () => {
    const last = (await ids()).at(-1) ?? '';
    await asDatabaseOwner(async (tx) => {
      await tx.auditLink.deleteMany({ where: { entryId: last } });
      await tx.auditEntry.deleteMany({ where: { id: last } });
    });
    expect((await checkChain()).fault).toMatchObject({ what: 'end-missing' });
  });

  it('puts one in that pretends to be old', async () => {
    const [first] = await ids();
    await asDatabaseOwner(
      (tx) => tx.$executeRaw`INSERT INTO "AuditEntry" ("id", "at", "actorType", "actorName", "action", "targetType")
        VALUES ('00000000-0000-7000-8000-000000000000', now() - interval '2 days', 'user', 'Grace', 'server.update', 'Server')`,
    );
    expect((await checkChain()).fault).toMatchObject({ what: 'entry-added' });
    expect(first).toBeDefined();
  });
});
