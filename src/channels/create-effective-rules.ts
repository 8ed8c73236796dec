import type { Rules, Watched, Watchlist } from '../market/watchlist.ts';
import { type CardKind, type ChannelSettings, DEFAULT_KINDS, type OwnRules } from '../stories/channel.ts';
import { createMultiset, type Multiset } from '../util/multiset.ts';
import { digestKey, digestProfile } from './digest-key.ts';
import type { EffectiveRules } from './effective-rules.ts';
import { rulesOf } from './rules-of.ts';

/** What a channel says of one symbol by name. */
interface Named {
  readonly own?: OwnRules;
  readonly all?: OwnRules;
  readonly left: boolean;
  readonly also: boolean;
}

interface Known {
  readonly watched: Watched | undefined;
  readonly profiles: readonly Rules[];
  readonly union: Rules;
}

const ascending = (levels: Iterable<number>): number[] => [...new Set(levels)].sort((a, b) => a - b);

const unionOf = (profiles: readonly Rules[]): Rules => {
  const drawdown = new Map<number, Set<number>>();
  for (const profile of profiles)
    for (const { window, levels } of profile.drawdown) {
      const all = drawdown.get(window) ?? new Set();
      drawdown.set(window, all);
      for (const level of levels) all.add(level);
    }
  return {
    drawdown: [...drawdown]
      .map(([window, levels]) => ({ window, levels: ascending(levels) }))
      .sort((a, b) => b.window - a.window),
    day: ascending(profiles.flatMap(({ day }) => day)),
  };
};

const ownOf = ({ own, all }: { own?: OwnRules; all?: OwnRules }, symbol: string): ChannelSettings => ({
  rules: { ...(all && { '*': all }), ...(own && { [symbol]: own }) },
});

const emptied = <T>(map: Map<string, Multiset<T>>, key: string): Multiset<T> => {
  const tally = map.get(key) ?? createMultiset<T>();
  map.set(key, tally);
  return tally;
};

/**
 * A rule book that counts what channels have said and forgets who said it. A channel that names no symbol is one more
 * of those with its rules for all (`*`); of those it names, it is taken off there and counted with what it says.
 */
export const createEffectiveRules = ({
  watchlist,
  timeZone,
}: {
  watchlist: Watchlist;
  timeZone: string;
}): EffectiveRules => {
  /** Rules for all; channels that have none have the watchlist's, which count anyway. */
  const everywhere = createMultiset<OwnRules>();
  /** By symbol, those of `everywhere` who name it and are not meant there. */
  const except = new Map<string, Multiset<undefined>>();
  const named = new Map<string, Multiset<Named>>();
  const also = createMultiset<string>();
  const kinds = createMultiset<readonly CardKind[]>();
  const digests = createMultiset<NonNullable<ReturnType<typeof digestProfile>>>();
  const known = new Map<string, Known>();
  /** The unions that were given out: what comes out the same again stays the same object. */
  const given = new Map<string, { readonly key: string; readonly union: Rules }>();
  let version = 0;

  const look = (symbol: string): Known => {
    const watched = watchlist.symbols.get(symbol);
    const before = known.get(symbol);
    if (before && before.watched === watched) return before;
    const custom = watched?.custom === true;
    const kind = watched?.kind ?? 'stock';
    const by = (settings: ChannelSettings): Rules => rulesOf(settings, watchlist.rules, symbol, kind);
    const found = new Map<string, Rules>();
    const note = (rules: Rules) => void found.set(JSON.stringify(rules), rules);
    note(by({}));
    if (watched && !custom)
      for (const [key, all, count] of everywhere.entries())
        if (count > (except.get(symbol)?.count(key) ?? 0)) note(by(ownOf({ all }, symbol)));
    for (const [, it] of (watched && named.get(symbol)?.entries()) ?? [])
      if (custom ? it.also : !it.left) note(by(ownOf(it, symbol)));
    const profiles = [...found.values()];
    const fresh = unionOf(profiles);
    const key = JSON.stringify(fresh);
    const last = given.get(symbol);
    const union = last?.key === key ? last.union : fresh;
    given.set(symbol, { key, union });
    const now = { watched, profiles, union };
    known.set(symbol, now);
    return now;
  };

  const turn = (settings: ChannelSettings, by: number): void => {
    const { rules = {}, without = [], also: others = [] } = settings;
    const { '*': all, ...own } = rules;
    const key = JSON.stringify(all ?? {});
    const isEverywhere = (symbol: string): boolean => everywhere.count(key) > (except.get(symbol)?.count(key) ?? 0);
    const were = new Map([...known.keys()].map((symbol) => [symbol, isEverywhere(symbol)]));
    let changed = all !== undefined && everywhere.add(key, all, by);
    const touched = new Set<string>();
    for (const symbol of new Set([...Object.keys(own), ...without, ...others])) {
      const it: Named = {
        ...(own[symbol] && { own: own[symbol] }),
        ...(all && { all }),
        left: without.includes(symbol),
        also: others.includes(symbol),
      };
      if (all) emptied(except, symbol).add(key, undefined, by);
      if (emptied(named, symbol).add(JSON.stringify(it), it, by)) touched.add(symbol);
    }
    for (const [symbol, was] of were) if (was !== isEverywhere(symbol)) touched.add(symbol);
    for (const symbol of others) changed = also.add(symbol, symbol, by) || changed;
    const wanted = settings.kinds ?? DEFAULT_KINDS;
    changed = kinds.add(wanted.toSorted().join(), wanted, by) || changed;
    const profile = digestProfile(settings, timeZone);
    if (profile) changed = digests.add(digestKey(profile), profile, by) || changed;
    for (const symbol of touched) known.delete(symbol);
    if (changed || touched.size > 0) version += 1;
  };

  return {
    union: (symbol) => look(symbol).union,
    profiles: (symbol) => look(symbol).profiles,
    kinds: () => [DEFAULT_KINDS, ...kinds.values()],
    digests: () => digests.values(),
    also: () => new Set(also.values()),
    watchers: (symbol) => also.count(symbol),
    add: (settings, count = 1) => turn(settings, count),
    remove: (settings) => turn(settings, -1),
    version: () => version,
  };
};
