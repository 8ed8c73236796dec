import { formatPrice, formatPriceInTable, formatTrillions } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange, formatChangeInTable } from '../i18n/percent.ts';
import type { Micros } from '../market/money.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { Section, Table } from './card.ts';

/** A cell without a figure. */
export const DASH = '–';

const COLUMNS = ['symbol', 'last', 'day', 'from_peak', 'sessions'] as const;
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
  };
}

/** A price with its unit; a market value in short: "$15.55T". */
const priceCell = (words: Translator, price: Micros, unit: PriceUnit): string =>
  unit === 'usd-billions'
    ? words.say('format.usd_large', { amount: formatTrillions(words, price) })
    : formatPrice(words, price, unit);

/** Name, price, change on the day, change from the 252-session peak, sessions since. */
const wideCells = (words: Translator, { name, unit, price: now }: PeakRow): string[] => {
  if (!now) return [name, DASH, DASH, DASH, DASH];
  const { price, previous, peak } = now;
  return [
    name,
    priceCell(words, price, unit),
    previous === undefined ? DASH : formatChange(words, changePercent(price, previous)),
    formatChange(words, changePercent(price, peak.price)),
    formatNumber(words.language, peak.sessions, {}),
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

const peakTable = (words: Translator, rows: readonly PeakRow[]): Table => ({
  columns: COLUMNS.map((name, at) => ({
    title: words.say(`drawdown.table.${name}`),
    align: at === 0 ? 'left' : 'right',
  })),
  rows: rows.map((row) => wideCells(words, row)),
  narrow: {
    columns: [
      { title: '', align: 'left' },
      ...NARROW_COLUMNS.map((name) => ({ title: words.say(`drawdown.table.brief.${name}`), align: 'right' as const })),
    ],
    rows: rows.map((row) => narrowCells(words, row)),
  },
});

/** The table of several symbols, with what its depth is measured from. */
export const peakSection = (words: Translator, rows: readonly PeakRow[]): Section => ({
  heading: '',
  rows: [],
  table: peakTable(words, rows),
  note: words.say('drawdown.table.note'),
});
