import type { RelatedFigures } from '../facts/related-figures.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatDate } from '../i18n/dates.ts';
import { nameInSentence, symbolInList } from '../i18n/names.ts';
import { changePercent, depthBelow, formatChange } from '../i18n/percent.ts';
import { unitOf } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { ALL_TIME, peakWithin, previousOf, rangeWithin } from '../slides/price-position.ts';
import { toneBelow } from '../stories/tone.ts';
import { type Card, fitTitle, type Section } from './card.ts';
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
import { rangeBar, rangeGrid } from './year-range.ts';

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

/** The closes of its year, or of its whole history if that is shorter: low, the price between, high. */
const rangeSection = (words: Translator, reading: PriceReading): Section[] => {
  const { watched, standing } = reading;
  if (standing.before.closes.length === 0) return [];
  const range = rangeWithin(standing, YEAR_SESSIONS);
  const isShort = isHistoryShort(reading);
  const row = { symbol: watched.symbol, unit: unitOf(watched), price: standing.price, range };
  const since = words.say('quote.range.since', { from: recordStart(words, reading) });
  return [
    {
      heading: '',
      rows: [],
      table: {
        columns: [
          { title: isShort ? since : words.say('quote.range.symbol'), align: 'left' },
          { title: words.say('quote.range.low'), align: 'right' },
          { title: '', align: 'left' },
          { title: words.say('quote.range.high'), align: 'right' },
        ],
        rows: [
          [
            symbolInList(words, watched),
            priceIn(words, reading, range.low),
            rangeBar(standing.price, range),
            priceIn(words, reading, range.high),
          ],
        ],
        narrow: rangeGrid(words, [row], isShort ? '' : words.say('quote.range.brief.year')),
      },
      ...(isShort && { note: since }),
    },
  ];
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
  const sections = [...rangeSection(words, reading), ...besideSections(words, oneLine(beside), watched.symbol, today)];
  return {
    kind: 'quote',
    tone: toneBelow(standing.price, [peakWithin(standing, YEAR_SESSIONS).price, previousOf(standing)]),
    title: fitTitle(titleOf(words, reading)),
    tag: watched.symbol,
    lead: [...peakLines(words, reading), marketLine(words, around)],
    sections,
    footer: [
      ...readingFooter(words, [reading], around),
      ...legendLines(words, sections),
      ...(sections.some(({ rows }) => rows.length > 0) ? [words.say('footer.beside')] : []),
    ],
    at: reading.at,
  };
};
