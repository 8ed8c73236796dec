import { formatFigure, formatUsdShort } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { nameInList } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import { unitOf, type Watched } from '../market/watchlist.ts';
import { productAtMost } from '../slides/compare.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { peakWithin, previousOf } from '../slides/price-position.ts';
import type { Card, Table } from './card.ts';
import { fitTitle } from './card-title.ts';
import { type PriceReading, toneBelow } from './price-reading.ts';
import { newestReadAt, readingFooter, type Surroundings } from './price-reading-footer.ts';
import { depthBelow } from './slide-title.ts';

const NOTHING = '–';
const DOLLARS_PER_MICRO_BILLION = 1_000;

const peakOf = ({ standing }: PriceReading) => peakWithin(standing, YEAR_SESSIONS);

/** The deepest below its peak first; exact. */
const deepestFirst = (a: PriceReading, b: PriceReading): number => {
  const [x, y] = [a.standing.price, b.standing.price];
  const [p, q] = [peakOf(a).price, peakOf(b).price];
  return Number(!productAtMost(x, q, y, p)) - Number(!productAtMost(y, p, x, q));
};

/** A market value of trillions in a cell is short. */
const figure = (words: Translator, { watched, standing }: PriceReading): string =>
  watched.sumOf
    ? formatUsdShort(words, standing.price * DOLLARS_PER_MICRO_BILLION)
    : formatFigure(words, standing.price, unitOf(watched));

const rowOf = (words: Translator, reading: PriceReading): string[] => {
  const { watched, standing } = reading;
  const peak = peakOf(reading);
  const previous = previousOf(standing);
  return [
    watched.symbol,
    figure(words, reading),
    previous === undefined ? NOTHING : formatChange(words, changePercent(standing.price, previous)),
    formatChange(words, changePercent(standing.price, peak.price)),
    formatNumber(words.language, peak.sessions, {}),
  ];
};

const COLUMNS = ['symbol', 'last', 'day', 'from_peak', 'sessions'] as const;

const tableOf = (words: Translator, readings: readonly PriceReading[], silent: readonly Watched[]): Table => ({
  columns: COLUMNS.map((name, at) => ({
    title: words.say(`drawdown.table.${name}`),
    align: at === 0 ? 'left' : 'right',
  })),
  rows: [
    ...readings.map((reading) => rowOf(words, reading)),
    ...silent.map(({ symbol }) => [symbol, NOTHING, NOTHING, NOTHING, NOTHING]),
  ],
});

/**
 * The answer to /drawdown without a symbol: everything that is watched, the deepest first; `silent` are those that have
 * no price yet. Throws RangeError without a reading.
 */
export const drawdownTableCard = (
  words: Translator,
  readings: readonly PriceReading[],
  silent: readonly Watched[],
  around: Surroundings,
): Card => {
  const sorted = readings.toSorted(deepestFirst);
  const deepest = sorted[0];
  if (!deepest) throw new RangeError('Expected at least one reading, got none');
  const peak = peakOf(deepest);
  const title =
    peak.sessions === 0
      ? words.say('drawdown.table.title_none')
      : words.say('drawdown.table.title', {
          name: nameInList(words, deepest.watched.symbol),
          depth: depthBelow(words, deepest.standing.price, peak.price),
        });
  return {
    kind: 'drawdown-table',
    tone: toneBelow(deepest.standing.price, [peak.price]),
    title: fitTitle(title),
    lead: [],
    sections: [
      {
        heading: words.say('drawdown.table.heading'),
        hint: words.say('drawdown.table.hint'),
        rows: [],
        table: tableOf(words, sorted, silent),
      },
    ],
    footer: readingFooter(words, readings, around),
    at: newestReadAt(readings),
  };
};
