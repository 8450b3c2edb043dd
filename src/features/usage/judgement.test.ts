import { describe, expect, it } from 'vitest';
import { NO_LIMIT, readFigures } from './figures';
import { judgeList } from './judge-list';
import { type KnownService, matchAccounts } from './match-accounts';

const plain = { diskUsed: 5, diskLimit: 10, bandwidthUsed: 1, bandwidthLimit: 2 };

describe('figures', () => {
  it('say "no limit" and "not measured" as such, never as 0', () => {
    expect(
      readFigures({ ...plain, diskLimit: Number.POSITIVE_INFINITY, bandwidthUsed: Number.NaN, cpuPercent: 3.5 }),
    ).toEqual({
      diskUsed: 5,
      diskLimit: NO_LIMIT,
      bandwidthUsed: null,
      bandwidthLimit: 2,
      memoryUsed: null,
      memoryLimit: null,
      cpuPercent: 3.5,
    });
  });

  it.each([
    ['a text', { ...plain, diskUsed: '5' }],
    ['a negative amount', { ...plain, bandwidthUsed: -1 }],
    ['an amount without end', { ...plain, diskUsed: Number.POSITIVE_INFINITY }],
    ['nothing', null],
    ['a missing field', { diskUsed: 1 }],
    ['a large number that is not exact', { ...plain, diskUsed: 1e18 }],
    ['a limit that is not exact', { ...plain, bandwidthLimit: 1e18 }],
    ['a limit below nothing', { ...plain, diskLimit: Number.NEGATIVE_INFINITY }],
    ['null where an amount belongs', { ...plain, memoryUsed: null }],
    ['a share of the processor without end', { ...plain, cpuPercent: Number.POSITIVE_INFINITY }],
    ['a negative share of the processor', { ...plain, cpuPercent: -1 }],
    ['a list', [5, 10, 1, 2]],
  ])('are none when there is %s', (_what, said) => {
    expect(readFigures(said)).toBeNull();
  });
});

const service = (id: string, more: Partial<KnownService> = {}): KnownService => ({
  id,
  remoteId: null,
  username: null,
  domain: null,
  measured: true,
  ...more,
});

describe('the service behind a line', () => {
  it('is found by external id, id of the panel, name, or domain where there is no name', () => {
    const services = [
      service('a'),
      service('b', { remoteId: '7' }),
      service('c', { username: 'cee' }),
      service('d', { domain: 'd.example' }),
    ];
    const lines = [
      { externalId: 'a' },
      { remoteId: '7' },
      { username: 'cee', domain: 'c.example' },
      { domain: 'D.example' },
    ];
    const found = matchAccounts(
      services,
      lines.map((line) => ({ ...plain, ...line })),
    );
    expect([...found.figures.keys()]).toEqual(['a', 'b', 'c', 'd']);
    expect(found).toMatchObject({ foreign: 0, unknown: 0, unreadable: 0, listed: 4 });
  });

  it('is none when a line of that name belongs to somebody else', () => {
    const services = [service('a', { username: 'x', domain: 'a.example' })];
    expect(matchAccounts(services, [{ ...plain, username: 'x', domain: 'b.example' }])).toMatchObject({
      foreign: 1,
      unknown: 1,
    });
    expect(matchAccounts(services, [{ ...plain, username: 'x', externalId: 'other' }])).toMatchObject({ foreign: 1 });
  });

  it('is not guessed from a name that several services share', () => {
    const services = [service('a', { username: 'x' }), service('b', { username: 'x' })];
    expect(matchAccounts(services, [{ ...plain, username: 'x' }])).toMatchObject({ unknown: 1, foreign: 0 });
  });

  it('takes room but has no figures while its create is under way', () => {
    const found = matchAccounts([service('a', { measured: false })], [{ ...plain, externalId: 'a' }]);
    expect(found).toMatchObject({ unknown: 0 });
    expect(found.figures.size).toBe(0);
  });
});

describe('a list', () => {
  const many = Array.from({ length: 10 }, (_, index) => service(`s${index}`));
  const expected = many.map(({ id }) => id);
  const lineOf = ({ id }: KnownService) => ({ ...plain, externalId: id });
  const judge = (lines: unknown[], before = new Map<string, number | null>(), services = many) =>
    judgeList({ expected: services.map(({ id }) => id), diskUsed: before }, matchAccounts(services, lines));

  it('is a fact when most of it is as it was', () => {
    expect(judge(many.map(lineOf))).toBeNull();
    expect(judge(many.slice(0, 5).map(lineOf))).toBeNull();
    expect(judge([], undefined, [])).toBeNull();
  });

  it.each([
    ['empty', 'empty', []],
    ['a tenth of what is expected', 'fell', many.slice(0, 1).map(lineOf)],
    ["somebody else's", 'foreign', [{ ...plain, username: 'x' }]],
    [
      'half unreadable',
      'unreadable',
      many.map((one, index) => ({ ...lineOf(one), ...(index % 2 ? { diskUsed: 'x' } : {}) })),
    ],
  ])('is none when it is %s', (_what, problem, lines) => {
    expect(judge(lines)).toBe(problem);
  });

  it('is none when nearly all of the disk is gone at once, but one customer may clean up', () => {
    const before = new Map(expected.map((id) => [id, 1000]));
    expect(judge(many.map(lineOf), before)).toBe('fell');
    expect(
      judge(
        many.map((one, index) => ({ ...lineOf(one), diskUsed: index === 0 ? 0 : 1000 })),
        before,
      ),
    ).toBeNull();
  });
});
