import type { FillType } from '../choices';

interface Column {
  slots: number;
  used: number;
}

/** Three servers as columns of slots, and the one that gets the next order. */
const PICTURES: Record<FillType, { columns: Column[]; next: number; turn?: true }> = {
  fill: { columns: [4, 1, 3].map((used) => ({ slots: 5, used })), next: 1 },
  'round-robin': { columns: [3, 3, 2].map((used) => ({ slots: 5, used })), next: 2, turn: true },
  pack: { columns: [5, 2, 0].map((used) => ({ slots: 5, used })), next: 1 },
  balanced: {
    columns: [
      { slots: 3, used: 2 },
      { slots: 5, used: 2 },
      { slots: 4, used: 3 },
    ],
    next: 1,
  },
};

const SLOT = 7;
const GAP = 2;
const WIDTH = 18;
const STEP = 28;
const BASE = 58;

export function FillTypePicture({ fillType, label }: { fillType: FillType; label: string }) {
  const { columns, next, turn } = PICTURES[fillType];
  return (
    <svg viewBox="0 0 84 60" role="img" aria-label={label} className="h-[60px] w-[84px] shrink-0">
      {columns.flatMap(({ slots, used }, column) =>
        Array.from({ length: slots }, (_, slot) => (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: a picture that never changes
            key={`${column}-${slot}`}
            x={5 + column * STEP}
            y={BASE - (slot + 1) * (SLOT + GAP)}
            width={WIDTH}
            height={SLOT}
            rx={2}
            className={slotClass(slot < used, column === next && slot === used)}
          />
        )),
      )}
      {turn && (
        <path
          d="M14 9 C 20 1, 36 1, 42 8 M42 9 C 48 1, 62 1, 69 8 m -5 -1 l 5 1.5 l 1 -5"
          fill="none"
          strokeWidth={1.8}
          strokeLinecap="round"
          strokeLinejoin="round"
          className="stroke-brand-500"
        />
      )}
    </svg>
  );
}

function slotClass(used: boolean, next: boolean): string {
  if (next) return 'fill-brand-500';
  return used ? 'fill-ink-soft opacity-50' : 'fill-line';
}
