import type { RelatedFigures } from '../facts/related-figures.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate, formatFullDate } from '../i18n/dates.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { ALL_TIME, peakWithin, previousOf, rangeWithin } from '../slides/price-position.ts';
import type { Card } from './card.ts';
import { fitTitle } from './card-title.ts';
import { type PriceReading, priceIn, readingMark, sentenceName, toneBelow, whenRead } from './price-reading.ts';
import { marketLine, readingFooter, type Surroundings } from './price-reading-footer.ts';
import { rangeBar } from './range-bar.ts';
import { besideSections } from './related-figures-sections.ts';
import { depthBelow } from './slide-title.ts';

const titleOf = (words: Translator, reading: PriceReading): string => {
  const { watched, standing } = reading;
  const previous = previousOf(standing);
  const name = sentenceName(words, watched);
  const price = priceIn(words, reading, standing.price);
  if (previous === undefined) return words.say('quote.title', { name, price });
  const percent = changePercent(standing.price, previous);
  const change = formatChange(words, percent);
  return words.say('quote.title_day', {
    mark: readingMark(percent),
    name,
    price,
    change,
    when: whenRead(words, reading),
  });
};

const peakLines = (words: Translator, reading: PriceReading): string[] => {
  const { standing, today } = reading;
  const year = peakWithin(standing, YEAR_SESSIONS);
  const ever = peakWithin(standing, ALL_TIME);
  const from = formatFullDate(words, standing.before.sessions[0] ?? standing.session);
  if (ever.sessions === 0) return [words.say('quote.at_highest', { from })];
  const values = (peak: typeof year) => ({
    depth: depthBelow(words, standing.price, peak.price),
    peak: priceIn(words, reading, peak.price),
    date: formatDate(words, peak.session, today),
    count: peak.sessions,
  });
  const yearly = year.sessions === 0 ? words.say('quote.at_peak') : words.say('quote.peak', values(year));
  if (ever.session === year.session) return [`${yearly} ${words.say('quote.is_highest', { from })}`];
  return [yearly, words.say('quote.highest', { ...values(ever), from })];
};

const rangeLine = (words: Translator, reading: PriceReading): string => {
  const { low, high } = rangeWithin(reading.standing, YEAR_SESSIONS);
  return words.say('quote.range', {
    low: priceIn(words, reading, low),
    bar: rangeBar(reading.standing.price, low, high),
    high: priceIn(words, reading, high),
  });
};

/** One line of the bill: the newest capex among the facts beside the symbol, or the sum of the four. */
const oneLine = ({ bill, four }: RelatedFigures): RelatedFigures => {
  const capex = bill.find(({ fact }) => fact.metric.startsWith('capex_') && fact.metric !== 'capex_guidance');
  if (capex) return { bill: [capex], return: [] };
  return four ? { bill: [], return: [], four } : { bill: bill.slice(0, 1), return: [] };
};

/** The answer to /quote: price and day, distance from the peaks, the year's range, the hours, one line of the bill. */
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
    lead: [...peakLines(words, reading), rangeLine(words, reading), marketLine(words, around)],
    sections,
    footer: [...readingFooter(words, [reading], around), ...(sections.length > 0 ? [words.say('footer.beside')] : [])],
    at: reading.at,
  };
};
