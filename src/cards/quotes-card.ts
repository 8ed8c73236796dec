import type { Translator } from '../i18n/catalogue.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { Watched } from '../market/watchlist.ts';
import { previousOf } from '../slides/price-position.ts';
import { deepestTone, toneBelow } from '../stories/tone.ts';
import { callButton } from './call.ts';
import { type Card, fitTitle } from './card.ts';
import { newestAt } from './card-footer.ts';
import {
  marketLine,
  type PriceReading,
  readingFooter,
  readingMark,
  type Surroundings,
  whenRead,
} from './price-reading.ts';
import { pricesSection } from './price-row.ts';

const changeOf = ({ standing }: PriceReading): number | undefined => {
  const previous = previousOf(standing);
  return previous === undefined ? undefined : changePercent(standing.price, previous);
};

/** "▼ NVDA −7.0%, MSFT −0.9% today"; without the day if the prices are of several. */
const titleOf = (words: Translator, readings: readonly PriceReading[]): string => {
  const percents = readings.map((reading) => changeOf(reading) ?? 0);
  const marks = [...new Set(percents.map(readingMark))];
  const changes = readings.map((reading) => {
    const { symbol } = reading.watched;
    const change = changeOf(reading);
    return change === undefined ? symbol : words.say('rollup.entry', { symbol, change: formatChange(words, change) });
  });
  const [when = '', ...others] = [...new Set(readings.map((reading) => whenRead(words, reading)))];
  return words
    .say('quote.several', {
      mark: marks.length === 1 ? (marks[0] ?? '■') : '■',
      changes: changes.join(', '),
      when: others.length > 0 ? '' : when,
    })
    .replaceAll(/\s+/gu, ' ')
    .trim();
};

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
      ...(unknown.length > 0 ? [words.say('quote.unknown', { names: unknown.join(', ') })] : []),
      marketLine(words, around),
    ],
    sections: [pricesSection(words, readings, withoutPrice)],
    footer: readingFooter(words, readings, around),
    at: newestAt(readings),
    actions: readings.map(({ watched: { symbol } }) => callButton(symbol, { name: 'quote', options: { symbol } })),
  };
};
