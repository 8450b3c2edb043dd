import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { REASON_CODES } from './reasons';

/** Rows of the two tables of docs/operations.md, by reason: what stands in each cell. */
const rows = new Map(
  readFileSync('docs/operations.md', 'utf8')
    .split('\n')
    .flatMap((line) => {
      const [, code, ...cells] = /^\| `([a-z-]+)` \|(.*)\|$/.test(line)
        ? line.split('|').map((cell) => cell.trim())
        : [];
      return code === undefined ? [] : [[code.replaceAll('`', ''), cells.slice(0, 3)] as const];
    }),
);
const filesIn = (cell: string) => [...cell.matchAll(/`(src\/[^`]+)`/g)].map(([, path = '']) => path);
const isEnd = ([second = '']: readonly string[]) => /^(FAILED|UNKNOWN|CANCELLED)$/.test(second);
const setBy = (cells: readonly string[]) => filesIn(cells[isEnd(cells) ? 1 : 0] ?? '');

// Decisions are pure and set nothing; words and samples only speak of reasons.
const sources = ['operations', 'services', 'placement', 'servers'].flatMap((noun) =>
  readdirSync(`src/features/${noun}`)
    .filter((name) => /^(?!decide-|reasons\.|perform-change\.).*(?<!\.test)\.ts$/.test(name))
    .map((name) => `src/features/${noun}/${name}`),
);
const settersOf = (code: string) => sources.filter((path) => readFileSync(path, 'utf8').includes(`code: '${code}',`));

describe('docs/operations.md', () => {
  it('has every reason, and no other', () => {
    expect([...rows.keys()].sort()).toEqual([...REASON_CODES].sort());
  });

  it.each(REASON_CODES)('%s: names files that are there, and what staff press', (code) => {
    const cells = rows.get(code) ?? [];
    expect(cells.filter((cell) => cell !== '')).toHaveLength(3);
    const files = cells.flatMap(filesIn);
    expect(files.filter((path) => !existsSync(path))).toEqual([]);
    if (!isEnd(cells)) expect(filesIn(cells[1] ?? '').length, 'who ends it').toBeGreaterThan(0);
  });

  it.each(REASON_CODES)('%s: is set by the files that it names, and by no other', (code) => {
    const named = setBy(rows.get(code) ?? []);
    expect(named.length).toBeGreaterThan(0);
    expect(settersOf(code).filter((path) => !named.includes(path))).toEqual([]);
    const speaking = named.filter((path) => readFileSync(path, 'utf8').includes(`'${code}'`));
    // Who refuses stands beside who writes it down.
    expect(speaking).not.toEqual([]);
    expect(named.filter((path) => !speaking.includes(path))).toEqual(
      code === 'waiting-for-slot' ? ['src/features/servers/take-panel-slot.ts'] : [],
    );
  });

  it.each(['no-room', 'server-trouble', 'server-held', 'server-not-ready', 'waiting-for-slot'])(
    '%s: is woken by the file that wakes',
    (code) => {
      expect(readFileSync('src/features/operations/wake-operations.ts', 'utf8')).toContain(`'${code}'`);
    },
  );
});
