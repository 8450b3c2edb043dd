import { describe, expect, it } from 'vitest';
import { db } from './db';
import { afterCommit, inTransaction } from './transaction';

const raise = (code: string) => `DO $$ BEGIN RAISE EXCEPTION 'on purpose' USING ERRCODE = '${code}'; END $$`;

describe('inTransaction', () => {
  it.each(['40P01', '40001'])(
    'repeats when a raw query is asked to (%s), and runs what comes after once',
    async (code) => {
      let rounds = 0;
      let after = 0;
      const end = await inTransaction(async (tx) => {
        rounds++;
        afterCommit(async () => {
          after++;
        });
        if (rounds < 3) await tx.$executeRawUnsafe(raise(code));
        return 'done';
      });
      expect([end, rounds, after]).toEqual(['done', 3, 1]);
    },
  );

  it('repeats when two wait for each other', async () => {
    await db.setting.createMany({ data: ['a', 'b'].map((key) => ({ key, value: 0 })) });
    let first = 0;
    const held: (() => void)[] = [];
    const bothHold = new Promise<void>((resolve) => {
      held.push(() => ++first === 2 && resolve());
    });
    const lock = (tx: Parameters<Parameters<typeof inTransaction>[0]>[0], key: string) =>
      tx.$queryRaw`SELECT 1 FROM "Setting" WHERE "key" = ${key} FOR UPDATE`;
    const crossed = (one: string, other: string) =>
      inTransaction(async (tx) => {
        await lock(tx, one);
        held[0]?.();
        await bothHold;
        await lock(tx, other);
        return one;
      });
    expect(await Promise.all([crossed('a', 'b'), crossed('b', 'a')])).toEqual(['a', 'b']);
  });

  it('does not repeat anything else', async () => {
    let rounds = 0;
    const failing = inTransaction(async (tx) => {
      rounds++;
      await tx.$executeRawUnsafe(raise('23514'));
    });
    await expect(failing).rejects.toThrow();
    expect(rounds).toBe(1);
  });
});
