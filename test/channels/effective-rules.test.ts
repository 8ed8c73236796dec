import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createEffectiveRules } from '../../src/channels/create-effective-rules.ts';
import { digestKey, digestProfile } from '../../src/channels/digest-key.ts';
import { rulesOf, watches } from '../../src/channels/rules-of.ts';
import { createMutableWatchlist, type MutableWatchlist } from '../../src/market/mutable-watchlist.ts';
import { loadWatchlist, type Rules } from '../../src/market/watchlist.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { CUSTOM, randomSettings, SYMBOLS } from './random-settings.ts';

const ZONE = 'America/New_York';
const file = loadWatchlist();

const watchlistWith = (custom: readonly string[]): MutableWatchlist => {
  const watchlist = createMutableWatchlist(file);
  for (const symbol of custom) watchlist.add({ symbol, name: symbol, kind: 'stock', source: 'yahoo', ticker: symbol });
  return watchlist;
};

const text = (rules: Rules): string => JSON.stringify(rules);

/** What the book has to say, channel by channel. */
const slowly = (channels: readonly ChannelSettings[], watchlist: MutableWatchlist, symbol: string) => {
  const kind = watchlist.symbols.get(symbol)?.kind ?? 'stock';
  const sets = [{}, ...channels.filter((settings) => watches(settings, watchlist, symbol))].map((settings) =>
    rulesOf(settings, watchlist.rules, symbol, kind),
  );
  const windows = new Map<number, Set<number>>();
  for (const { drawdown } of sets)
    for (const { window, levels } of drawdown) {
      const all = windows.get(window) ?? new Set();
      for (const level of levels) all.add(level);
      windows.set(window, all);
    }
  const ascending = (levels: Iterable<number>) => [...levels].sort((a, b) => a - b);
  return {
    profiles: [...new Set(sets.map(text))].sort(),
    union: {
      drawdown: [...windows]
        .sort(([a], [b]) => b - a)
        .map(([window, levels]) => ({ window, levels: ascending(levels) })),
      day: ascending(new Set(sets.flatMap(({ day }) => day))),
    },
  };
};

describe('the rule book', () => {
  it('says what a look at every channel would, after any coming and going of channels and symbols', () => {
    const step = fc.oneof(
      fc.record({ add: randomSettings, times: fc.integer({ min: 1, max: 2 }) }),
      fc.record({ drop: fc.nat() }),
      fc.record({ custom: fc.constantFrom(...CUSTOM) }),
      fc.constant('look' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const watchlist = watchlistWith([]);
        const book = createEffectiveRules({ watchlist, timeZone: ZONE });
        const channels: ChannelSettings[] = [];
        const look = () => {
          for (const symbol of [...SYMBOLS, ...CUSTOM]) {
            const expected = slowly(channels, watchlist, symbol);
            expect(book.union(symbol)).toEqual(expected.union);
            expect(book.profiles(symbol).map(text).sort()).toEqual(expected.profiles);
          }
          const digests = channels.flatMap((settings) => digestProfile(settings, ZONE) ?? []);
          expect(book.digests().map(digestKey).sort()).toEqual([...new Set(digests.map(digestKey))].sort());
          expect([...book.also()].sort()).toEqual([...new Set(channels.flatMap(({ also }) => also ?? []))].sort());
        };
        for (const it of steps) {
          if (it === 'look') look();
          else if ('custom' in it) {
            const { custom } = it;
            if (watchlist.symbols.has(custom)) watchlist.remove(custom);
            else watchlist.add({ symbol: custom, name: custom, kind: 'index', source: 'yahoo', ticker: custom });
          } else if ('add' in it) {
            book.add(it.add, it.times);
            for (let n = 0; n < it.times; n += 1) channels.push(it.add);
          } else {
            const [gone] = channels.splice(it.drop % Math.max(channels.length, 1), 1);
            if (gone) book.remove(gone);
          }
        }
        look();
      }),
      { numRuns: 150 },
    );
  });

  it('keeps the same object for rules that have not changed', () => {
    const book = createEffectiveRules({ watchlist: watchlistWith([]), timeZone: ZONE });
    const [nvda, tsla] = [book.union('NVDA'), book.union('TSLA')];
    book.add({});
    book.add({ timeZone: 'Asia/Seoul' });
    expect(book.union('NVDA')).toBe(nvda);
    book.add({ rules: { NVDA: { day: [350] } } });
    expect(book.union('TSLA')).toBe(tsla);
    expect(book.union('NVDA')).not.toBe(nvda);
    expect(book.union('NVDA').day).toEqual([350, 700, 1000, 1500]);
    book.remove({ rules: { NVDA: { day: [350] } } });
    expect(book.union('NVDA')).toEqual(nvda);
  });

  it('has another version only where it says something else', () => {
    const book = createEffectiveRules({ watchlist: watchlistWith([]), timeZone: ZONE });
    book.add({ rules: { '*': { day: [500] } } });
    const version = book.version();
    book.add({ rules: { '*': { day: [500] } }, quiet: { from: '22:00', to: '07:00' } });
    expect(book.version()).toBe(version);
    book.add({ digest: { at: '07:00' } });
    expect(book.version()).not.toBe(version);
  });
});
