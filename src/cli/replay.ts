import { watches } from '../channels/channel-rules.ts';
import { type Trial, trialOf } from '../channels/trial.ts';
import { BASE_LANGUAGE } from '../i18n/languages.ts';
import type { Bar } from '../market/bar.ts';
import type { SessionDate } from '../market/calendar.ts';
import { minuteText } from '../market/csv/minutes.ts';
import { isJump } from '../market/judge-quote.ts';
import { fromMicros } from '../market/money.ts';
import {
  type Kind,
  loadWatchlist,
  type PriceRule,
  type Rules,
  type Watched,
  type Watchlist,
} from '../market/watchlist.ts';
import { outputOrder } from '../slides/alert-kinds.ts';
import type { Played } from '../slides/backtest.ts';
import { foldBars } from '../slides/fold.ts';
import { foldMinutes, type MinutePrice, type TimedAlert } from '../slides/fold-minutes.ts';
import type { Watch } from '../slides/machine.ts';
import { alertJson, alertText } from './alert-lines.ts';
import { backtestText } from './backtest.ts';
import { channelSettings } from './channel-settings.ts';
import { typedSymbol } from './name-notes.ts';
import type { PriceOption, WithinOption } from './option-values.ts';
import { openPriceFiles, type PriceFiles } from './price-files.ts';
import { openStoredPrices, watchlistWithAdded } from './stored-prices.ts';
import type { ToldSplit } from './told-splits.ts';
import { UsageError } from './usage-error.ts';

export interface ReplayOptions {
  /** A folder of SYMBOL.csv files, or one file: of days or of minutes; absent for the closes in the bot's database. */
  readonly prices?: string;
  /** The same of closes of the sessions before prices of minutes. */
  readonly history?: string;
  /** As typed; absent for all files. */
  readonly symbols?: readonly string[];
  /** Kind of symbols that are not on the watchlist; absent for stocks, and that is told. */
  readonly kind?: Kind;
  /** First and last session whose alerts are printed. */
  readonly from?: SessionDate;
  readonly to?: SessionDate;
  /** Absent for a summary of rules of one's own, and for ndjson without such. */
  readonly format?: 'ndjson' | 'text' | 'summary';
  /** Levels in basis points in the place of all other rules: below the 252-session peak, and falls of a day. */
  readonly levels?: readonly number[];
  readonly day?: readonly number[];
  /** A channel whose rules are played, by the platform's id of it. */
  readonly channel?: string;
  /** Of the summary. */
  readonly language?: string;
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

/** The rules of a symbol that is played, and whether a channel has more that closes cannot show. */
type RulesFor = (watched: Pick<Watched, 'symbol' | 'kind' | 'valueStep'>) => Pick<Trial, 'isEmpty' | 'hasUnplayed'> & {
  readonly watch: Watch;
};

interface OwnRules {
  readonly for: RulesFor;
  /** Whether they are played on a symbol that nobody names. */
  isMeant(symbol: string): boolean;
  /** Whose they are; undefined for the watchlist's. */
  readonly whose?: 'own' | 'typed';
}

/** The rules that are asked for: levels as typed, else a channel's, else the watchlist's. @throws UsageError */
const rulesAskedFor = async ({ levels, day, channel }: ReplayOptions, watchlist: Watchlist): Promise<OwnRules> => {
  const isTyped = levels !== undefined || day !== undefined;
  const settings = channel === undefined ? undefined : await channelSettings(channel);
  const isMeant = (symbol: string): boolean =>
    settings === undefined || !watchlist.symbols.has(symbol) || watches(settings, watchlist, symbol);
  if (!isTyped && settings === undefined)
    return {
      for: ({ kind, valueStep }) => ({
        watch: { rules: watchlist.rules[kind], ...(valueStep !== undefined && { valueStep }) },
        ...{ isEmpty: false, hasUnplayed: false },
      }),
      isMeant,
    };
  const tried = isTyped ? { drawdown: levels ?? [], day: day ?? [] } : undefined;
  return {
    for: (watched) => {
      const { played, ...trial } = trialOf(watched, settings ?? {}, watchlist.rules, tried);
      return { ...trial, watch: played.watch };
    },
    isMeant,
    whose: isTyped ? 'typed' : 'own',
  };
};

/** What only price files have. @throws UsageError for one of them without files. */
const checkFileOptions = ({ prices, history, split, keepClosedDays }: ReplayOptions): void => {
  if (prices !== undefined) return;
  const option =
    history === undefined ? (split ? '--split' : keepClosedDays ? '--keep-closed-days' : undefined) : '--history';
  if (option !== undefined) throw new UsageError(`${option} is for price files; add --prices`);
};

const UNPLAYED = 'falls within minutes and prices that the channel has set are not played';

/**
 * Prints the alerts that a series of prices would have raised, and nothing else, to stdout, or the summary of how often and
 * what came after; how the prices were read, to `warn`. Closes are folded; prices of minutes are played, after the closes of
 * `history`.
 * @throws UsageError, CsvError, ConfigError, StoreError; in that case nothing is printed.
 */
export const replay = async (
  options: ReplayOptions,
  print: (text: string) => void,
  warn: (text: string) => void,
): Promise<void> => {
  const { prices, history, symbols, kind, from = '0000-01-01', to = '9999-12-31' } = options;
  const { split = [], keepClosedDays = false, within = [], price = [] } = options;
  const rises = { ...(options.rise && { rise: options.rise }), ...(options.dayRise && { dayRise: options.dayRise }) };
  if (from > to) throw new UsageError(`--from ${from} is after --to ${to}`);
  checkFileOptions(options);
  const isOfStore = prices === undefined || options.channel !== undefined;
  const watchlist = isOfStore ? await watchlistWithAdded(loadWatchlist()) : loadWatchlist();
  const own = await rulesAskedFor(options, watchlist);
  const format = options.format ?? (own.whose === undefined ? 'ndjson' : 'summary');
  if (format === 'summary' && options.from !== undefined)
    throw new UsageError('--from is for lists of alerts; a summary tells of one, five and ten years, up to --to');
  const files =
    prices === undefined
      ? await openStoredPrices(watchlist)
      : openPriceFiles(prices, watchlist, { splits: split, keepClosedDays });
  const before =
    history === undefined ? undefined : openPriceFiles(history, watchlist, { keepClosedDays, option: '--history' });
  const found = [...files.paths.keys()];
  const asked = new Set(symbols?.map((text) => typedSymbol(text, watchlist, found)) ?? found.filter(own.isMeant));
  const set = pricesBySymbol(price, asked, watchlist);
  const notes: string[] = [];
  const daily: string[] = [];
  let hasUnplayed = false;

  const watchOf = (symbol: string): { readonly watch: Watch; readonly isEmpty: boolean } => {
    const watched = watchlist.symbols.get(symbol);
    if (!watched && kind === undefined) notes.push(asStock(files.paths.get(symbol) ?? prices ?? '', symbol));
    const { watch, isEmpty, hasUnplayed: lacks } = own.for(watched ?? { symbol, kind: kind ?? 'stock' });
    hasUnplayed ||= lacks;
    const hasRises = options.rise !== undefined || options.dayRise !== undefined;
    return { watch: { ...watch, rules: { ...watch.rules, ...rises } }, isEmpty: isEmpty && !hasRises };
  };

  /** Other symbols than the watchlist's may trade on other days. */
  const calendarOf = (symbol: string) => (watchlist.symbols.has(symbol) ? { calendar: files.calendar() } : {});

  const played = async (symbol: string): Promise<readonly TimedAlert[]> => {
    const { watch } = watchOf(symbol);
    const { bars, played: minutes } = await files.prices(symbol);
    const first = minutes?.minutes[0];
    const ofSymbol = set.get(symbol) ?? [];
    if (!minutes || !first) {
      if (within.length > 0 || ofSymbol.length > 0) daily.push(symbol);
      return foldBars(watch, symbol, bars, calendarOf(symbol)).alerts.map((alert) => ({ alert }));
    }
    const { past, notes: doubts } = await closesBefore(before, symbol, first);
    notes.push(...doubts);
    const begin = minutes.minutes.find(({ session }) => session >= from) ?? first;
    const more: Pick<Rules, 'within' | 'price'> = {
      ...(within.length > 0 && { within: withinRules(within) }),
      ...(ofSymbol.length > 0 && { price: priceRules(ofSymbol, symbol, begin) }),
    };
    const playedWatch = { ...watch, rules: { ...watch.rules, ...more } };
    return foldMinutes(playedWatch, symbol, { past, bars, ...minutes }, calendarOf(symbol).calendar);
  };

  const summary = async (): Promise<string> => {
    const subjects: Played[] = [];
    for (const symbol of asked) {
      const { watch, isEmpty } = watchOf(symbol);
      const bars = (await files.prices(symbol)).bars.filter(({ session }) => session <= to);
      if (bars.length > 0 && !isEmpty) subjects.push({ symbol, bars, watch, ...calendarOf(symbol) });
    }
    if (subjects.length === 0)
      throw new UsageError(`nothing to play: no closes up to ${to}, or no levels; give others, like --levels 10,20`);
    return backtestText(subjects, {
      ...{ watchlist, hasUnplayed, language: options.language ?? BASE_LANGUAGE, rules: own.whose ?? 'own' },
      source: prices === undefined ? 'store' : 'files',
    });
  };

  const list = async (lineOf: (alert: TimedAlert) => string): Promise<string> => {
    const alerts: TimedAlert[] = [];
    for (const symbol of asked) alerts.push(...(await played(symbol)));
    const shown = alerts.filter(({ alert: { session } }) => session >= from && session <= to).sort(inOrder);
    return shown.map((alert) => `${lineOf(alert)}\n`).join('');
  };

  const text = await (format === 'summary' ? summary() : list(format === 'ndjson' ? alertJson : alertText));
  notes.unshift(...files.finish(), ...(before?.finish() ?? []));
  if (daily.length > 0)
    notes.push(notPlayed(daily, [...(within.length > 0 ? ['--within'] : []), ...(set.size > 0 ? ['--price'] : [])]));
  if (hasUnplayed && format !== 'summary') notes.push(UNPLAYED);
  print(text);
  for (const note of notes) warn(`${note}\n`);
};
