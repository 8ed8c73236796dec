import type { RelatedFigures } from '../facts/related-figures.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate } from '../i18n/dates.ts';
import { nameInSentence } from '../i18n/names.ts';
import { changePercent, depthBelow, formatChange } from '../i18n/percent.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { ALL_TIME, peakWithin, previousOf, rangeWithin } from '../slides/price-position.ts';
import { toneBelow } from '../stories/tone.ts';
import { type Card, fitTitle } from './card.ts';
import { legendLines } from './legend.ts';
import {
  isHistoryShort,
  marketLine,
  type PriceReading,
  priceIn,
  readingFooter,
  recordStart,
  type Surroundings,
  whenRead,
} from './price-reading.ts';
import { besideSections } from './related-figures-sections.ts';

const titleOf = (words: Translator, reading: PriceReading): string => {
  const { watched, standing } = reading;
  const previous = previousOf(standing);
  const name = nameInSentence(words, watched);
  const price = priceIn(words, reading, standing.price);
  if (previous === undefined) return words.say('quote.title', { name, price });
  const percent = changePercent(standing.price, previous);
  return words.say('quote.title_day', {
    name,
    price,
    change: formatChange(words, percent),
    when: whenRead(words, reading),
  });
};

const peakLines = (words: Translator, reading: PriceReading): string[] => {
  const { standing, today } = reading;
  if (standing.before.closes.length === 0) return [];
  const year = peakWithin(standing, YEAR_SESSIONS);
  const ever = peakWithin(standing, ALL_TIME);
  const from = recordStart(words, reading);
  if (ever.sessions === 0) return [words.say('quote.at_highest', { from })];
  const values = (peak: typeof year) => ({
    depth: depthBelow(words, standing.price, peak.price),
    peak: priceIn(words, reading, peak.price),
    date: formatDate(words, peak.session, today),
    count: peak.sessions,
  });
  if (isHistoryShort(reading)) return [words.say('quote.highest', { ...values(ever), from })];
  const yearly = year.sessions === 0 ? words.say('quote.at_peak') : words.say('quote.peak', values(year));
  if (ever.session === year.session) return [`${yearly} ${words.say('quote.is_highest', { from })}`];
  return [yearly, words.say('quote.highest', { ...values(ever), from })];
};

/** Characters of the range bar, without its ends. */
const RANGE_BAR_WIDTH = 13;

/** The price within a range, in characters that need no monospaced font: ▕▁▁▁▁▁▁▁▁●▁▁▁▁▏. In the middle if low = high. */
export const rangeBar = (price: number, low: number, high: number): string => {
  const position = high > low ? (price - low) / (high - low) : 0.5;
  const at = Math.round(Math.min(Math.max(position, 0), 1) * (RANGE_BAR_WIDTH - 1));
  return `▕${'▁'.repeat(at)}●${'▁'.repeat(RANGE_BAR_WIDTH - 1 - at)}▏`;
};

const rangeLine = (words: Translator, reading: PriceReading): string[] => {
  if (reading.standing.before.closes.length === 0) return [];
  const { low, high } = rangeWithin(reading.standing, YEAR_SESSIONS);
  const range = {
    low: priceIn(words, reading, low),
    bar: rangeBar(reading.standing.price, low, high),
    high: priceIn(words, reading, high),
  };
  return isHistoryShort(reading)
    ? [words.say('quote.range_since', { ...range, from: recordStart(words, reading) })]
    : [words.say('quote.range', range)];
};

/** The bill in one row: the newest capex among the related figures, or the sum of the four. */
const oneLine = ({ bill, four }: RelatedFigures): RelatedFigures => {
  const capex = bill.find(({ fact }) => fact.metric.startsWith('capex_') && fact.metric !== 'capex_guidance');
  if (capex) return { bill: [capex], return: [] };
  return four ? { bill: [], return: [], four } : { bill: bill.slice(0, 1), return: [] };
};

/** The answer to /quote: price, change on the day, depth below the peaks, the year's range, market hours, one row of the bill. */
export const quoteCard = (
  words: Translator,
  reading: PriceReading,
  beside: RelatedFigures,
  around: Surroundings,
): Card => {
  const { watched, standing, today } = reading;
  const sections = besideSections(words, oneLine(beside), watched.symbol, today);
  return {
    kind: 'quote',
    tone: toneBelow(standing.price, [peakWithin(standing, YEAR_SESSIONS).price, previousOf(standing)]),
    title: fitTitle(titleOf(words, reading)),
    tag: watched.symbol,
    lead: [...peakLines(words, reading), ...rangeLine(words, reading), marketLine(words, around)],
    sections,
    footer: [
      ...readingFooter(words, [reading], around),
      ...legendLines(words, sections),
      ...(sections.length > 0 ? [words.say('footer.beside')] : []),
    ],
    at: reading.at,
  };
};
