import type { Translator } from '../i18n/catalogue.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { Micros } from '../market/money.ts';
import type { Table } from './card.ts';

/** A cell without a figure. */
export const DASH = '–';

const COLUMNS = ['symbol', 'last', 'day', 'from_peak', 'sessions'] as const;

/** The latest price of a symbol and what it is compared with; without `price` the cells are dashes. */
export interface PeakRow {
  readonly symbol: string;
  readonly price?: {
    readonly text: string;
    readonly price: Micros;
    readonly previous?: Micros | undefined;
    readonly peak: { readonly price: Micros; readonly sessions: number };
  };
}

/** Symbol, price, change on the day to `decimals` places, change from the 252-session peak, sessions since. */
export const peakTable = (words: Translator, rows: readonly PeakRow[], decimals: number): Table => {
  const cellsOf = ({ symbol, price: now }: PeakRow): string[] => {
    if (!now) return [symbol, DASH, DASH, DASH, DASH];
    const { text, price, previous, peak } = now;
    return [
      symbol,
      text,
      previous === undefined ? DASH : formatChange(words, changePercent(price, previous, decimals), decimals),
      formatChange(words, changePercent(price, peak.price)),
      formatNumber(words.language, peak.sessions, {}),
    ];
  };
  return {
    columns: COLUMNS.map((name, at) => ({
      title: words.say(`drawdown.table.${name}`),
      align: at === 0 ? 'left' : 'right',
    })),
    rows: rows.map(cellsOf),
  };
};
