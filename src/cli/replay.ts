import type { SessionDate } from '../market/calendar.ts';
import { loadCalendar } from '../market/load-calendar.ts';
import { type Kind, loadWatchlist, type Watchlist } from '../market/watchlist.ts';
import { outputOrder } from '../slides/alert-kinds.ts';
import { foldBars } from '../slides/fold.ts';
import type { Alert } from '../stories/alert.ts';
import { alertJson, alertText } from './alert-lines.ts';
import { holesIn, holesLine } from './holes.ts';
import { openPriceFiles, type PriceFiles } from './price-files.ts';
import { UsageError } from './usage-error.ts';

export interface ReplayOptions {
  /** A folder of SYMBOL.csv files, or one file. */
  readonly prices: string;
  /** As typed; absent for all files. */
  readonly symbols?: readonly string[];
  /** Kind of symbols that are not on the watchlist. */
  readonly kind: Kind;
  /** First and last session whose alerts are printed. */
  readonly from?: SessionDate;
  readonly to?: SessionDate;
  readonly format: 'ndjson' | 'text';
}

/** By date, then symbol, then window from long to short, then day falls, then value lost. */
const inOrder = (a: Alert, b: Alert): number => {
  if (a.session !== b.session) return a.session < b.session ? -1 : 1;
  if (a.symbol !== b.symbol) return a.symbol < b.symbol ? -1 : 1;
  return outputOrder(a, b);
};

/** One line per file of a watched symbol with missing sessions; other symbols may trade on other days. */
const warnings = ({ read, paths }: PriceFiles, watchlist: Watchlist): string[] =>
  [...read].flatMap(([symbol, bars]) => {
    const holes = watchlist.symbols.has(symbol) ? holesIn(bars, loadCalendar) : [];
    return holes.length === 0 ? [] : [holesLine(paths.get(symbol) ?? symbol, holes)];
  });

/**
 * Prints the alerts that a series of closes would have raised, and nothing else, to stdout; missing sessions go to
 * `warn`.
 * @throws UsageError, CsvError, ConfigError; in that case nothing is printed.
 */
export const replay = (
  { prices, symbols, kind, from = '0000-01-01', to = '9999-12-31', format }: ReplayOptions,
  print: (text: string) => void,
  warn: (text: string) => void,
): void => {
  if (from > to) throw new UsageError(`--from ${from} is after --to ${to}`);
  const watchlist = loadWatchlist();
  const files = openPriceFiles(prices, watchlist);
  const asked = symbols?.map((text) => watchlist.resolve(text) ?? text.toUpperCase()) ?? files.paths.keys();
  const alerts = [...new Set(asked)].flatMap((symbol) => {
    const watched = watchlist.symbols.get(symbol);
    const rules = watchlist.rules[watched?.kind ?? kind];
    const watch = watched?.valueStep === undefined ? { rules } : { rules, valueStep: watched.valueStep };
    return foldBars(watch, symbol, files.bars(symbol)).alerts;
  });
  const missing = warnings(files, watchlist);
  const line = format === 'ndjson' ? alertJson : alertText;
  const shown = alerts.filter(({ session }) => session >= from && session <= to).sort(inOrder);
  print(shown.map((alert) => `${line(alert)}\n`).join(''));
  for (const text of missing) warn(`${text}\n`);
};
