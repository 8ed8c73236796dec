import { expect, test } from 'vitest';
import { createEffectiveRules } from '../../src/channels/effective-rules.ts';
import { createHistories } from '../../src/market/history.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { loadWatchlist } from '../../src/market/watchlist.ts';
import { foldCloses } from '../../src/watch/fold-closes.ts';
import type { WatchParts } from '../../src/watch/watch-parts.ts';
import { symbolRulesOf, type WatchState } from '../../src/watch/watch-state.ts';
import { closing, sessionAt } from '../slides/samples.ts';

test('a stock whose bars were replaced is folded anew with the baskets that it is part of, and the others stay', () => {
  const watchlist = loadWatchlist();
  const rules = createEffectiveRules({ watchlist, timeZone: 'America/New_York' });
  const histories = createHistories(watchlist);
  const bars = closing(100, 50);
  for (const { symbol, sumOf } of watchlist.symbols.values()) if (!sumOf) histories.set(symbol, bars, []);
  // As folded of bars at other prices, in which nothing had fallen.
  const folded = { folded: sessionAt(1), drawdown: {} };
  const all = [...watchlist.symbols.values()];
  const memory: WatchState = {
    histories,
    states: new Map(all.map(({ symbol }) => [symbol, folded])),
    symbolRules: new Map(all.map((watched) => [watched.symbol, symbolRulesOf(rules, watched)])),
    quotes: new Map(),
    memories: new Map(),
    waiting: new Map(),
  };
  const parts = { watchlist, calendar: loadCalendar(), source: { name: 'Yahoo' } } as WatchParts;
  const { states, raised, recovered } = foldCloses(
    parts,
    memory,
    { replaced: new Set(['NVDA']), again: new Map(), told: [], previous: new Map() },
    Date.parse('2001-01-03T00:00Z'),
  );
  expect([...states].map(([symbol, { drawdown }]) => [symbol, (drawdown[252]?.disarmed ?? 0) > 0])).toEqual([
    ['NVDA', true],
    ['MAG7', true],
  ]);
  expect({ raised, recovered }).toEqual({ raised: [], recovered: [] });
});
