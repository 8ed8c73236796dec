import type { Translator } from '../i18n/catalogue.ts';
import { sayOr, symbolInList } from '../i18n/names.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { Watched } from '../market/watchlist.ts';
import { previousOf } from '../slides/price-position.ts';
import { deepestTone, toneBelow } from '../stories/tone.ts';
import { BUTTONS_PER_ROW } from './action-rows.ts';
import { compareButton } from './buttons.ts';
import { callButton } from './call.ts';
import { type Action, type Card, fitTitle } from './card.ts';
import { newestAt } from './card-footer.ts';
import { marketLine, type PriceReading, readingFooter, type Surroundings } from './price-reading.ts';
import { pricesSection } from './price-row.ts';

const changeOf = ({ standing }: PriceReading): number | undefined => {
  const previous = previousOf(standing);
  return previous === undefined ? undefined : changePercent(standing.price, previous);
};

interface Move {
  readonly name: string;
  readonly change: number;
}

const movesOf = (words: Translator, readings: readonly PriceReading[]): Move[] =>
  readings.flatMap((reading) => {
    const change = changeOf(reading);
    return change === undefined ? [] : [{ name: symbolInList(words, reading.watched), change }];
  });

const countWord = (words: Translator, count: number, at: 'number' | 'number-within'): string =>
  sayOr(words, `${at}.${count}`, formatNumber(words.language, count, {}));

/** "All three fell; Nvidia most, −7.0%", "Two fell, one rose; Nvidia −7.0%": those with the largest moves. */
const titleOf = (words: Translator, readings: readonly PriceReading[]): string => {
  const moves = movesOf(words, readings);
  const [most] = moves.toSorted((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const [first] = readings;
  if (!most || !first) return words.say('quote.several_closes', { count: readings.length });
  const [fell, rose] = [
    moves.filter(({ change }) => change < 0).length,
    moves.filter(({ change }) => change > 0).length,
  ];
  const values = { name: most.name, change: formatChange(words, most.change) };
  if (moves.length === 1) return words.say('quote.single', values);
  if (fell === moves.length || rose === moves.length) {
    const key = moves.length === 2 ? 'quote.both' : 'quote.all';
    return words.say(`${key}_${fell > 0 ? 'fell' : 'rose'}`, {
      ...values,
      ...(moves.length > 2 && { number: countWord(words, moves.length, 'number-within') }),
    });
  }
  return words.say('quote.mixed', {
    ...values,
    fell: countWord(words, fell, 'number'),
    rose: countWord(words, rose, 'number-within'),
  });
};

const symbolButton = ({ watched: { symbol } }: PriceReading): Action =>
  callButton(symbol, { name: 'quote', options: { symbol } });

/** What was asked for and has no reading. */
export interface WithoutReading {
  /** Known symbols that have no price yet. */
  readonly withoutPrice: readonly Watched[];
  /** As typed. */
  readonly unknown: readonly string[];
}

/** The answer to /quote for several symbols, in the order they were asked for. Throws RangeError without a reading. */
export const quotesCard = (
  words: Translator,
  readings: readonly PriceReading[],
  { withoutPrice, unknown }: WithoutReading,
  around: Surroundings,
): Card => {
  if (readings.length === 0) throw new RangeError('Expected at least one reading, got none');
  return {
    kind: 'quotes',
    tone: deepestTone(readings.map(({ standing }) => toneBelow(standing.price, [previousOf(standing)]))),
    title: fitTitle(titleOf(words, readings)),
    lead: [
      marketLine(words, around),
      ...(unknown.length > 0 ? [words.say('quote.unknown', { names: unknown.join(', ') })] : []),
    ],
    sections: [pricesSection(words, readings, withoutPrice, 'range')],
    footer: readingFooter(words, readings, around),
    at: newestAt(readings),
    actions: [...readings.slice(0, BUTTONS_PER_ROW).map(symbolButton), compareButton(words)],
  };
};
