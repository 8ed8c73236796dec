import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulesOf, watches } from '../../src/channels/channel-rules.ts';
import { digestKey, digestProfile } from '../../src/channels/digest-profile.ts';
import { createEffectiveRules } from '../../src/channels/effective-rules.ts';
import { createMutableWatchlist, type MutableWatchlist } from '../../src/market/mutable-watchlist.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { ChannelSettings } from '../../src/stories/channel.ts';
import { CUSTOM, randomSettings, SYMBOLS } from './random-settings.ts';
import { unionOf } from './rule-sets.ts';

const ZONE = 'America/New_York';
const file = loadWatchlist();

const watchlistWith = (custom: readonly string[]): MutableWatchlist => {
  const watchlist = createMutableWatchlist(file);
  for (const symbol of custom) watchlist.add({ symbol, name: symbol, kind: 'stock', source: 'yahoo', ticker: symbol });
  return watchlist;
};

/** The expected rules, computed channel by channel. */
const expectedRules = (channels: readonly ChannelSettings[], watchlist: MutableWatchlist, symbol: string) => {
  const kind = watchlist.symbols.get(symbol)?.kind ?? 'stock';
  const sets = [{}, ...channels.filter((settings) => watches(settings, watchlist, symbol))].map((settings) =>
    rulesOf(settings, watchlist.rules, symbol, kind),
  );
  return { union: unionOf(sets) };
};

describe('the effective rules', () => {
  it('equal a pass over every channel, after any changes of channels and symbols', () => {
    const step = fc.oneof(
      fc.record({ add: randomSettings, times: fc.integer({ min: 1, max: 2 }) }),
      fc.record({ drop: fc.nat() }),
      fc.record({ custom: fc.constantFrom(...CUSTOM) }),
      fc.constant('compare' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        const watchlist = watchlistWith([]);
        const effectiveRules = createEffectiveRules({ watchlist, timeZone: ZONE });
        const channels: ChannelSettings[] = [];
        const compare = () => {
          for (const symbol of [...SYMBOLS, ...CUSTOM]) {
            const expected = expectedRules(channels, watchlist, symbol);
            expect(effectiveRules.union(symbol)).toEqual(expected.union);
          }
          const digests = channels.flatMap((settings) => digestProfile(settings, ZONE) ?? []);
          expect(effectiveRules.digests().map(digestKey).sort()).toEqual([...new Set(digests.map(digestKey))].sort());
          expect([...effectiveRules.also()].sort()).toEqual(
            [...new Set(channels.flatMap(({ also }) => also ?? []))].sort(),
          );
        };
        for (const it of steps) {
          if (it === 'compare') compare();
          else if ('custom' in it) {
            const { custom } = it;
            if (watchlist.symbols.has(custom)) watchlist.remove(custom);
            else watchlist.add({ symbol: custom, name: custom, kind: 'index', source: 'yahoo', ticker: custom });
          } else if ('add' in it) {
            effectiveRules.add(it.add, it.times);
            for (let n = 0; n < it.times; n += 1) channels.push(it.add);
          } else {
            const [gone] = channels.splice(it.drop % Math.max(channels.length, 1), 1);
            if (gone) effectiveRules.remove(gone);
          }
        }
        compare();
      }),
      { numRuns: 150 },
    );
  });

  it('are the same object while unchanged', () => {
    const effectiveRules = createEffectiveRules({ watchlist: watchlistWith([]), timeZone: ZONE });
    const [nvda, tsla] = [effectiveRules.union('NVDA'), effectiveRules.union('TSLA')];
    effectiveRules.add({});
    effectiveRules.add({ timeZone: 'Asia/Seoul' });
    expect(effectiveRules.union('NVDA')).toBe(nvda);
    effectiveRules.add({ rules: { NVDA: { day: [350] } } });
    expect(effectiveRules.union('TSLA')).toBe(tsla);
    expect(effectiveRules.union('NVDA')).not.toBe(nvda);
    expect(effectiveRules.union('NVDA').day).toEqual([350, 700, 1000, 1500]);
    effectiveRules.remove({ rules: { NVDA: { day: [350] } } });
    expect(effectiveRules.union('NVDA')).toEqual(nvda);
  });

  it('have a new version only if they change', () => {
    const effectiveRules = createEffectiveRules({ watchlist: watchlistWith([]), timeZone: ZONE });
    effectiveRules.add({ rules: { '*': { day: [500] } } });
    const version = effectiveRules.version();
    effectiveRules.add({ rules: { '*': { day: [500] } }, quiet: { from: '22:00', to: '07:00' } });
    expect(effectiveRules.version()).toBe(version);
    effectiveRules.add({ digest: { at: '07:00' } });
    expect(effectiveRules.version()).not.toBe(version);
    const withTimes = effectiveRules.version();
    effectiveRules.add({ rules: { NVDA: { day: [300] } } });
    expect(effectiveRules.version()).not.toBe(withTimes);
  });
});
