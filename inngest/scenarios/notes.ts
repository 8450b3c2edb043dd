/** What the functions of the suite noted, by the key of the event that started them. */
export interface Notes {
  /** Notes a text, and hands back `value` so that a step can note and return in one go. */
  note<T = void>(key: string, text: string, value?: T): T;
  /** How often this was noted. */
  seen(key: string, text: string): number;
  /** Something is under way; the most at once is kept. */
  enter(key: string, what: string): void;
  leave(key: string, what: string): void;
  /** The executor has taken every event of this scenario. */
  setAllSent(key: string): void;
  isAllSent(key: string): boolean;
  of(key: string): { text: string; at: number }[];
  mostAtOnce(key: string): { one: number; all: number };
}

export function createNotes(): Notes {
  const texts = new Map<string, { text: string; at: number }[]>();
  const inside = new Map<string, Map<string, number>>();
  const most = new Map<string, { one: number; all: number }>();
  const allSent = new Set<string>();
  const of = (key: string) => texts.get(key) ?? [];
  const move = (key: string, what: string, by: number) => {
    const under = inside.get(key) ?? new Map<string, number>();
    inside.set(key, under);
    under.set(what, (under.get(what) ?? 0) + by);
    const counts = [...under.values()];
    const before = most.get(key) ?? { one: 0, all: 0 };
    const all = counts.reduce((a, b) => a + b, 0);
    most.set(key, { one: Math.max(before.one, ...counts), all: Math.max(before.all, all) });
  };
  return {
    note<T>(key: string, text: string, value?: T) {
      texts.set(key, [...of(key), { text, at: Date.now() }]);
      return value as T; // who gives no value asks for none
    },
    seen: (key, text) => of(key).filter((each) => each.text === text).length,
    enter: (key, what) => move(key, what, 1),
    leave: (key, what) => move(key, what, -1),
    setAllSent: (key) => void allSent.add(key),
    isAllSent: (key) => allSent.has(key),
    of,
    mostAtOnce: (key) => most.get(key) ?? { one: 0, all: 0 },
  };
}
