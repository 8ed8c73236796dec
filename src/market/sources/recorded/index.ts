import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Bar } from '../../bar.ts';
import type { Calendar } from '../../calendar.ts';
import { CsvError } from '../../csv/csv-error.ts';
import { parseBars } from '../../csv.ts';
import { EXCHANGE_TIME_ZONE } from '../../exchange-time.ts';
import type { RawQuote } from '../../quote.ts';
import { type Source, SourceError } from '../../source.ts';

const NAME = 'recorded';

/**
 * A folder of SYMBOL.csv files as a source. Answers as of `now`: a close is known from its session's closing bell on,
 * and later bars are left out. `earlier`: closes before those of the folder, by symbol.
 * @throws CsvError if a file cannot be used.
 */
export const createRecorded = (
  folder: string,
  calendar: Calendar,
  earlier: ReadonlyMap<string, readonly Bar[]> = new Map(),
): Source & Required<Pick<Source, 'find'>> & { symbols: readonly string[] } => {
  const files = readdirSync(folder).filter((name) => name.endsWith('.csv'));
  if (files.length === 0) throw new CsvError(`${folder}: no SYMBOL.csv in this folder`);
  const series = new Map(
    files.map((name) => {
      const symbol = basename(name, '.csv');
      return [symbol, [...(earlier.get(symbol) ?? []), ...parseBars(join(folder, name))]];
    }),
  );

  const closeOf = ({ session }: Bar): number => calendar.hours(session)?.close ?? Number.POSITIVE_INFINITY;
  const barsUntil = (symbol: string, now: number): readonly Bar[] => {
    const bars = series.get(symbol);
    if (!bars) throw new SourceError(NAME, 'unknown-symbol', `No recorded prices for ${symbol}`);
    return bars.slice(0, bars.findLastIndex((bar) => closeOf(bar) <= now) + 1);
  };

  return {
    name: NAME,
    symbols: [...series.keys()],
    quotes: async (symbols, now) => {
      const quotes: RawQuote[] = [];
      const refused: { symbol: string; reason: string }[] = [];
      for (const { symbol } of symbols) {
        const bar = series.has(symbol) ? barsUntil(symbol, now).at(-1) : undefined;
        if (bar)
          quotes.push({
            symbol,
            price: bar.close,
            tradeTime: closeOf(bar),
            marketState: 'closed',
            delayMinutes: 0,
            previousClose: null,
            source: NAME,
          });
        else refused.push({ symbol, reason: 'not in the response' });
      }
      return { quotes, refused };
    },
    history: async ({ symbol }, from, now) => ({
      bars: barsUntil(symbol, now).filter(({ session }) => session >= from),
      splits: [],
    }),
    // The files do not hold kinds. An index is recognised by the `^` that other sources write.
    find: async (text, now) => {
      const ticker = text.trim().toUpperCase();
      const symbol = ticker.replace(/^\^/, '');
      if (!series.has(symbol) || barsUntil(symbol, now).length === 0) return undefined;
      const kind = ticker === symbol ? 'stock' : 'index';
      return { ticker, name: symbol, kind, currency: 'USD', timeZone: EXCHANGE_TIME_ZONE };
    },
  };
};
