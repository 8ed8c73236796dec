import { formatFigure } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { DigestRow } from '../stories/digest-story.ts';
import type { Table } from './card.ts';

const NOTHING = '–';
const MICRO_TRILLION = 1_000_000_000;
const COLUMNS = ['symbol', 'last', 'day', 'from_peak', 'sessions'] as const;

/** A market value of trillions in a cell is short: "$15.55T", "$15.55조". */
const figure = (words: Translator, unit: DigestRow['unit'], price: number): string =>
  unit === 'usd-billions'
    ? words.say('digest.table.trillions', {
        amount: formatNumber(words.language, price / MICRO_TRILLION, {
          minimumFractionDigits: 2,
          maximumFractionDigits: 2,
        }),
      })
    : formatFigure(words, price, unit);

const cellsOf = (words: Translator, { symbol, unit, close }: DigestRow): string[] => {
  if (!close) return [symbol, NOTHING, NOTHING, NOTHING, NOTHING];
  const { price, previous, peak } = close;
  return [
    symbol,
    figure(words, unit, price),
    previous === undefined ? NOTHING : formatChange(words, changePercent(price, previous, 2), 2),
    formatChange(words, changePercent(price, peak.price)),
    formatNumber(words.language, peak.sessions, {}),
  ];
};

/** Last, day, from the peak of 252 sessions, sessions since: a dash where the close is not known. */
export const digestTable = (words: Translator, rows: readonly DigestRow[]): Table => ({
  columns: COLUMNS.map((name, at) => ({
    title: words.say(`drawdown.table.${name}`),
    align: at === 0 ? 'left' : 'right',
  })),
  rows: rows.map((row) => cellsOf(words, row)),
});
