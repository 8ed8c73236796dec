import { createHistories } from '../market/history.ts';
import { loadCalendar } from '../market/load-calendar.ts';
import { createMutableWatchlist } from '../market/mutable-watchlist.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { readBars, readSplits } from '../store/bars.ts';
import { readCustomSymbols } from '../store/custom-symbols.ts';
import { databaseName } from '../store/store.ts';
import { databaseUrl, lookUp } from './own-store.ts';
import type { PriceFiles } from './price-files.ts';
import { UsageError } from './usage-error.ts';

const WHAT_HELPS = 'start the bot once, which fetches them, or name files with --prices';

/** The watchlist with what channels have added to it, if there is a database. @throws StoreError */
export const watchlistWithAdded = async (file: Watchlist): Promise<Watchlist> => {
  const watchlist = createMutableWatchlist(file);
  for (const custom of (await lookUp(readCustomSymbols)) ?? []) watchlist.add(custom);
  return watchlist;
};

/**
 * The closes in the bot's own database, as price files give theirs; a basket's are computed.
 * @throws UsageError if there are none, StoreError.
 */
export const openStoredPrices = async (watchlist: Watchlist): Promise<PriceFiles> => {
  const where = await databaseName(databaseUrl());
  const histories = createHistories(watchlist);
  const isThere = await lookUp(async (db) => {
    for (const { symbol, sumOf } of watchlist.symbols.values())
      if (!sumOf) histories.set(symbol, await readBars(db, symbol), await readSplits(db, symbol));
    return true;
  });
  if (!isThere) throw new UsageError(`no prices: there is no database at ${where} yet; ${WHAT_HELPS}`);
  const stored = [...watchlist.symbols.keys()].filter((symbol) => histories.bars(symbol).length > 0);
  if (stored.length === 0) throw new UsageError(`no prices: the database ${where} has no closes yet; ${WHAT_HELPS}`);
  const used: string[] = [];
  return {
    calendar: loadCalendar,
    paths: new Map(stored.map((symbol) => [symbol, where])),
    prices: async (symbol) => {
      const bars = histories.bars(symbol);
      if (bars.length === 0)
        throw new UsageError(`--symbols ${symbol}: the database has no closes of it; it has ${stored.join(', ')}`);
      used.push(...[bars[0], bars.at(-1)].flatMap((bar) => bar?.session ?? []));
      return { bars, splits: [] };
    },
    finish: () => {
      const [first, last] = [used.toSorted()[0], used.toSorted().at(-1)];
      return [`prices: the closes in the database ${where}, ${first} to ${last}`];
    },
  };
};
