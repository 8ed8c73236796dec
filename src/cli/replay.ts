import type { Bar } from '../market/bar.ts';
import type { SessionDate } from '../market/calendar.ts';
import { minuteText } from '../market/csv/minutes.ts';
import { isJump } from '../market/judge-quote.ts';
import { fromMicros } from '../market/money.ts';
import { type Kind, loadWatchlist, type PriceRule, type Rules, type Watchlist } from '../market/watchlist.ts';
import { outputOrder } from '../slides/alert-kinds.ts';
import { foldBars } from '../slides/fold.ts';
import { foldMinutes, type MinutePrice, type TimedAlert } from '../slides/fold-minutes.ts';
import type { Watch } from '../slides/machine.ts';
import { alertJson, alertText } from './alert-lines.ts';
import { typedSymbol } from './name-notes.ts';
import type { PriceOption, WithinOption } from './option-values.ts';
import { openPriceFiles, type PriceFiles } from './price-files.ts';
import type { ToldSplit } from './told-splits.ts';
import { UsageError } from './usage-error.ts';

export interface ReplayOptions {
  /** A folder of SYMBOL.csv files, or one file: of days or of minutes. */
  readonly prices: string;
  /** The same of closes of the sessions before prices of minutes. */
  readonly history?: string;
  /** As typed; absent for all files. */
  readonly symbols?: readonly string[];
  /** Kind of symbols that are not on the watchlist; absent for stocks, and that is told. */
  readonly kind?: Kind;
  /** First and last session whose alerts are printed. */
  readonly from?: SessionDate;
  readonly to?: SessionDate;
  readonly format: 'ndjson' | 'text';
  /** Of prices of minutes. */
  readonly within?: readonly WithinOption[];
  readonly price?: readonly PriceOption[];
  /** Levels of rises in basis points, in the place of the watchlist's, which has none. */
  readonly rise?: readonly number[];
  readonly dayRise?: readonly number[];
  /** Splits that the prices are not adjusted for. */
  readonly split?: readonly ToldSplit[];
  readonly keepClosedDays?: boolean;
}

/** By date, then time, closes last, then symbol, then window from long to short, then day falls, then value lost. */
const inOrder = ({ alert: a, at: aAt }: TimedAlert, { alert: b, at: bAt }: TimedAlert): number => {
  if (a.session !== b.session) return a.session < b.session ? -1 : 1;
  if (aAt !== bAt) return (aAt ?? Number.POSITIVE_INFINITY) < (bAt ?? Number.POSITIVE_INFINITY) ? -1 : 1;
  if (a.symbol !== b.symbol) return a.symbol < b.symbol ? -1 : 1;
  return outputOrder(a, b);
};

const asStock = (path: string, symbol: string): string =>
  `${path}: ${symbol} is not on the watchlist; judged as a stock, by a stock's levels. For an index, add --kind index; ` +
  'for the Nasdaq Composite, name the file IXIC.csv';

/** The prices that are set, by symbol. @throws UsageError for one of a symbol that is not played. */
const pricesBySymbol = (
  options: readonly PriceOption[],
  asked: ReadonlySet<string>,
  watchlist: Watchlist,
): Map<string, PriceOption[]> => {
  const bySymbol = new Map<string, PriceOption[]>();
  const [only] = asked;
  for (const option of options) {
    const { text, symbol: typed } = option;
    if (typed === undefined && asked.size > 1)
      throw new UsageError(`--price ${text}: of which symbol? For example --price ${only}:${text}`);
    const symbol = typed === undefined ? (only ?? '') : typedSymbol(typed, watchlist, asked);
    if (!asked.has(symbol)) throw new UsageError(`--price ${text}: no prices of ${symbol} are read`);
    bySymbol.set(symbol, [...(bySymbol.get(symbol) ?? []), option]);
  }
  return bySymbol;
};

/** The falls within minutes that were asked for: those of the same minutes are one. */
const withinRules = (options: readonly WithinOption[]): NonNullable<Rules['within']> =>
  [...new Set(options.map(({ minutes }) => minutes))]
    .sort((a, b) => a - b)
    .map((minutes) => {
      const levels = options.filter((it) => it.minutes === minutes).flatMap((it) => it.levels);
      return { minutes, levels: [...new Set(levels)].sort((a, b) => a - b) };
    });

/** Prices as if they were set at the first price. @throws UsageError for that price itself. */
const priceRules = (options: readonly PriceOption[], symbol: string, first: MinutePrice): PriceRule[] =>
  options.map(({ text, price }) => {
    const { at: since, session: day } = first;
    if (price === first.price)
      throw new UsageError(
        `--price ${text}: ${symbol} is at that price when it would be set, ${minuteText(since)}; give one below or above`,
      );
    return { price, side: price < first.price ? 'below' : 'above', since, day };
  });

/** One line on the symbols whose prices are of days, so that rules of minutes are not played. */
const notPlayed = (symbols: readonly string[], options: readonly string[]): string =>
  `${options.join(' and ')} cannot be played on daily prices: ${symbols.join(', ')} need${symbols.length === 1 ? 's' : ''} ` +
  'prices of minutes';

/** The closes before the first session that is played, and a warning if they seem to count in another unit. */
const closesBefore = async (
  history: PriceFiles | undefined,
  symbol: string,
  { session, price }: MinutePrice,
): Promise<{ readonly past: readonly Bar[]; readonly notes: readonly string[] }> => {
  if (!history) return { past: [], notes: [] };
  const past = (await history.prices(symbol)).bars.filter((bar) => bar.session < session);
  const last = past.at(-1);
  if (!last || !isJump(last.close, price)) return { past, notes: [] };
  const [before, now] = [`${fromMicros(last.close)} on ${last.session}`, `${fromMicros(price)} on ${session}`];
  return {
    past,
    notes: [`${symbol}: warning: from ${before} to ${now}; are both files adjusted for the same splits?`],
  };
};

/**
 * Prints the alerts that a series of prices would have raised, and nothing else, to stdout; how the files were read, to
 * `warn`. Closes are folded; prices of minutes are played, after the closes of `history`.
 * @throws UsageError, CsvError, ConfigError; in that case nothing is printed.
 */
export const replay = async (
  options: ReplayOptions,
  print: (text: string) => void,
  warn: (text: string) => void,
): Promise<void> => {
  const { prices, history, symbols, kind, from = '0000-01-01', to = '9999-12-31', format } = options;
  const { split = [], keepClosedDays = false, within = [], price = [] } = options;
  const rises = { ...(options.rise && { rise: options.rise }), ...(options.dayRise && { dayRise: options.dayRise }) };
  if (from > to) throw new UsageError(`--from ${from} is after --to ${to}`);
  const watchlist = loadWatchlist();
  const files = openPriceFiles(prices, watchlist, { splits: split, keepClosedDays });
  const before =
    history === undefined ? undefined : openPriceFiles(history, watchlist, { keepClosedDays, option: '--history' });
  const asked = new Set(symbols?.map((text) => typedSymbol(text, watchlist, files.paths.keys())) ?? files.paths.keys());
  const set = pricesBySymbol(price, asked, watchlist);
  const notes: string[] = [];
  const daily: string[] = [];

  const played = async (symbol: string): Promise<readonly TimedAlert[]> => {
    const watched = watchlist.symbols.get(symbol);
    if (!watched && kind === undefined) notes.push(asStock(files.paths.get(symbol) ?? prices, symbol));
    const rules = { ...watchlist.rules[watched?.kind ?? kind ?? 'stock'], ...rises };
    const watch: Watch = watched?.valueStep === undefined ? { rules } : { rules, valueStep: watched.valueStep };
    const calendar = files.calendar();
    // Other symbols may trade on other days.
    const known = watched && { calendar };
    const { bars, played: minutes } = await files.prices(symbol);
    const first = minutes?.minutes[0];
    const own = set.get(symbol) ?? [];
    if (!minutes || !first) {
      if (within.length > 0 || own.length > 0) daily.push(symbol);
      return foldBars(watch, symbol, bars, known).alerts.map((alert) => ({ alert }));
    }
    const { past, notes: doubts } = await closesBefore(before, symbol, first);
    notes.push(...doubts);
    const begin = minutes.minutes.find(({ session }) => session >= from) ?? first;
    const more: Pick<Rules, 'within' | 'price'> = {
      ...(within.length > 0 && { within: withinRules(within) }),
      ...(own.length > 0 && { price: priceRules(own, symbol, begin) }),
    };
    const playedWatch = { ...watch, rules: { ...rules, ...more } };
    return foldMinutes(playedWatch, symbol, { past, bars, ...minutes }, watched && calendar);
  };

  const alerts: TimedAlert[] = [];
  for (const symbol of asked) alerts.push(...(await played(symbol)));
  notes.unshift(...files.finish(), ...(before?.finish() ?? []));
  if (daily.length > 0)
    notes.push(notPlayed(daily, [...(within.length > 0 ? ['--within'] : []), ...(set.size > 0 ? ['--price'] : [])]));
  const line = format === 'ndjson' ? alertJson : alertText;
  const shown = alerts.filter(({ alert: { session } }) => session >= from && session <= to).sort(inOrder);
  print(shown.map((alert) => `${line(alert)}\n`).join(''));
  for (const text of notes) warn(`${text}\n`);
};
