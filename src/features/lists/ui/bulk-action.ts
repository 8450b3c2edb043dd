import type { ReactNode } from 'react';

/** Something that can be done with one row of a list, or with many at once. */
export interface BulkAction<Item> {
  key: string;
  /** Says what happens, on the button and again in the question: "Suspend". */
  label: string;
  icon: ReactNode;
  /** What it means for those it is done to. */
  text: string;
  danger?: boolean;
  /** Asks why. `needed` = it is not done without. */
  reason?: 'needed' | 'wanted';
  /** Data dies: the number of rows has to be typed. */
  typed?: boolean;
  /** Why this row is left out; null = it takes part. */
  refuse: (item: Item) => string | null;
  /** What will happen to this very row, where that differs between rows. */
  note?: (item: Item) => string | null;
  run: (item: Item, reason: string) => Promise<unknown>;
}

export interface BulkOutcome {
  id: string;
  /** null = done. */
  error: string | null;
}

const AT_ONCE = 10;

/** Does it to one after the other, a few at a time; each tells its own end. */
export async function runAll<Item>(
  action: BulkAction<Item>,
  items: readonly Item[],
  idOf: (item: Item) => string,
  reason: string,
  onOutcome: (outcome: BulkOutcome) => void,
): Promise<void> {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) {
      const id = idOf(item);
      const error = await action.run(item, reason).then(
        () => null,
        (failure: unknown) => (failure instanceof Error ? failure.message : String(failure)),
      );
      onOutcome({ id, error });
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}
