import type { SessionDate } from '../market/calendar.ts';
import { type Kind, loadWatchlist } from '../market/watchlist.ts';
import { outputOrder } from '../slides/alert-kinds.ts';
import { foldBars } from '../slides/fold.ts';
import type { Alert } from '../stories/alert.ts';
import { alertJson, alertText } from './alert-lines.ts';
import { typedSymbol } from './name-notes.ts';
import { openPriceFiles } from './price-files.ts';
import type { ToldSplit } from './told-splits.ts';
import { UsageError } from './usage-error.ts';

export interface ReplayOptions {
  /** A folder of SYMBOL.csv files, or one file. */
  readonly prices: string;
  /** As typed; absent for all files. */
  readonly symbols?: readonly string[];
  /** Kind of symbols that are not on the watchlist; absent for stocks, and that is told. */
  readonly kind?: Kind;
  /** First and last session whose alerts are printed. */
  readonly from?: SessionDate;
  readonly to?: SessionDate;
  readonly format: 'ndjson' | 'text';
  /** Splits that the prices are not adjusted for. */
  readonly split?: readonly ToldSplit[];
  readonly keepClosedDays?: boolean;
}

/** By date, then symbol, then window from long to short, then day falls, then value lost. */
const inOrder = (a: Alert, b: Alert): number => {
  if (a.session !== b.session) return a.session < b.session ? -1 : 1;
  if (a.symbol !== b.symbol) return a.symbol < b.symbol ? -1 : 1;
  return outputOrder(a, b);
};

const asStock = (path: string, symbol: string): string =>
  `${path}: ${symbol} is not on the watchlist; judged as a stock, by a stock's levels. For an index, add --kind index; ` +
  'for the Nasdaq Composite, name the file IXIC.csv';

/**
 * Prints the alerts that a series of closes would have raised, and nothing else, to stdout; how the files were read, to
 * `warn`.
 * @throws UsageError, CsvError, ConfigError; in that case nothing is printed.
 */
export const replay = async (
  { prices, symbols, kind, from = '0000-01-01', to = '9999-12-31', format, split = [], keepClosedDays }: ReplayOptions,
  print: (text: string) => void,
  warn: (text: string) => void,
): Promise<void> => {
  if (from > to) throw new UsageError(`--from ${from} is after --to ${to}`);
  const watchlist = loadWatchlist();
  const files = openPriceFiles(prices, watchlist, { splits: split, keepClosedDays: keepClosedDays ?? false });
  const asked = new Set(symbols?.map((text) => typedSymbol(text, watchlist, files.paths.keys())) ?? files.paths.keys());
  const alerts: Alert[] = [];
  const notes: string[] = [];
  for (const symbol of asked) {
    const watched = watchlist.symbols.get(symbol);
    if (!watched && kind === undefined) notes.push(asStock(files.paths.get(symbol) ?? prices, symbol));
    const rules = watchlist.rules[watched?.kind ?? kind ?? 'stock'];
    const watch = watched?.valueStep === undefined ? { rules } : { rules, valueStep: watched.valueStep };
    // Other symbols may trade on other days.
    alerts.push(
      ...foldBars(watch, symbol, (await files.prices(symbol)).bars, watched && { calendar: files.calendar() }).alerts,
    );
  }
  notes.unshift(...files.finish());
  const line = format === 'ndjson' ? alertJson : alertText;
  const shown = alerts.filter(({ session }) => session >= from && session <= to).sort(inOrder);
  print(shown.map((alert) => `${line(alert)}\n`).join(''));
  for (const text of notes) warn(`${text}\n`);
};
