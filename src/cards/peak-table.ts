import { formatPrice, formatPriceInTable, formatTrillions } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange, formatChangeInTable } from '../i18n/percent.ts';
import type { Micros } from '../market/money.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { Section, Table } from './card.ts';
import { rangeGrid, type YearRange } from './year-range.ts';

/** A cell without a figure. */
export const DASH = '–';

const COLUMNS = ['symbol', 'last', 'day', 'from_peak'] as const;
const NARROW_COLUMNS = ['last', 'day', 'from_peak'] as const;

/** The latest price of a symbol and what it is compared with; without `price` the cells are dashes. */
export interface PeakRow {
  readonly symbol: string;
  /** For a place with room for it. */
  readonly name: string;
  readonly unit: PriceUnit;
  readonly price?: {
    readonly price: Micros;
    readonly previous?: Micros | undefined;
    readonly peak: { readonly price: Micros; readonly sessions: number };
    /** Of its year; absent where the history is shorter, or nothing is said of it. */
    readonly range?: YearRange;
  };
}

/** A price with its unit; a market value in short: "$15.55T". */
const priceCell = (words: Translator, price: Micros, unit: PriceUnit): string =>
  unit === 'usd-billions'
    ? words.say('format.usd_large', { amount: formatTrillions(words, price) })
    : formatPrice(words, price, unit);

/** What the last columns of a wide table tell: how long ago the peak was, or the year's range. */
type LastColumns = 'sessions' | 'range';

const lastTitles = (words: Translator, last: LastColumns): string[] =>
  last === 'sessions'
    ? [words.say('drawdown.table.sessions')]
    : [words.say('quote.range.to_high'), words.say('quote.range.span')];

/** Sessions since the peak; or the rise to a new high, and the lowest and the highest close. */
const lastCells = (words: Translator, { unit, price: now }: PeakRow, last: LastColumns): string[] => {
  if (!now) return lastTitles(words, last).map(() => DASH);
  const { price, peak, range } = now;
  if (last === 'sessions') return [formatNumber(words.language, peak.sessions, {})];
  const ends = range && [range.low, range.high].map((end) => formatPriceInTable(words, end, unit)).join('–');
  return [formatChange(words, changePercent(peak.price, price)), ends ?? DASH];
};

/** Name, price, change on the day, change from the 252-session peak, and the last columns. */
const wideCells = (words: Translator, row: PeakRow, last: LastColumns): string[] => {
  const { name, unit, price: now } = row;
  if (!now) return [name, DASH, DASH, DASH, ...lastCells(words, row, last)];
  const { price, previous, peak } = now;
  return [
    name,
    priceCell(words, price, unit),
    previous === undefined ? DASH : formatChange(words, changePercent(price, previous)),
    formatChange(words, changePercent(price, peak.price)),
    ...lastCells(words, row, last),
  ];
};

/** Ticker, price, change on the day, change from the peak. */
const narrowCells = (words: Translator, { symbol, unit, price: now }: PeakRow): string[] => {
  if (!now) return [symbol, DASH, DASH, DASH];
  const { price, previous, peak } = now;
  return [
    symbol,
    formatPriceInTable(words, price, unit),
    previous === undefined ? DASH : formatChangeInTable(words, changePercent(price, previous)),
    formatChangeInTable(words, changePercent(price, peak.price)),
  ];
};

/** More symbols than this have no range on a narrow card. */
const MAX_RANGES = 3;

/** The ranges of a few symbols, for a narrow card. */
const furtherGrid = (words: Translator, rows: readonly PeakRow[]): Pick<Table, 'further'> => {
  const ranges = rows.flatMap(({ symbol, unit, price: now }) =>
    now?.range ? [{ symbol, unit, price: now.price, range: now.range }] : [],
  );
  if (ranges.length === 0 || rows.length > MAX_RANGES) return {};
  return { further: rangeGrid(words, ranges, words.say('quote.range.brief.year')) };
};

const peakTable = (words: Translator, rows: readonly PeakRow[], last: LastColumns): Table => ({
  columns: [...COLUMNS.map((name) => words.say(`drawdown.table.${name}`)), ...lastTitles(words, last)].map(
    (title, at) => ({ title, align: at === 0 ? 'left' : 'right' }),
  ),
  rows: rows.map((row) => wideCells(words, row, last)),
  narrow: {
    columns: [
      { title: '', align: 'left' },
      ...NARROW_COLUMNS.map((name) => ({ title: words.say(`drawdown.table.brief.${name}`), align: 'right' as const })),
    ],
    rows: rows.map((row) => narrowCells(words, row)),
  },
  ...(last === 'range' && furtherGrid(words, rows)),
});

/** The table of several symbols, with what its depth is measured from. */
export const peakSection = (words: Translator, rows: readonly PeakRow[], last: LastColumns = 'sessions'): Section => ({
  heading: '',
  rows: [],
  table: peakTable(words, rows, last),
  note: words.say('drawdown.table.note'),
});
