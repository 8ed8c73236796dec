import type { JustReported } from '../facts/just-reported.ts';
import { formatPrice } from '../i18n/amounts.ts';
import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatTime } from '../i18n/dates.ts';
import { nameInSentence } from '../i18n/names.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { AfterHoursStory, DeeperAfterHours } from '../stories/after-hours-story.ts';
import { toneBelow } from '../stories/tone.ts';
import { type Card, fitTitle, type MessageNote, type Row, type Section } from './card.ts';
import { priceLine } from './card-footer.ts';
import { formatFactAmount } from './fact-amount.ts';
import { factFigure, factRow, periodOf, reportedOn } from './fact-row.ts';
import { besideSections } from './related-figures-sections.ts';

/** Figures that an edited card adds at most: the guidance comes first. */
const MAX_SINCE = 2;

/** "2024", "$35–40B capex guided, raised from $30–37B", "guided 24 Apr 16:05 New York"; a figure's usual row. */
const reportedRow = (words: Translator, { shown, revision, previous }: JustReported, day: string): Row => {
  if (revision === undefined) return factRow(words, shown, day);
  const { fact } = shown;
  const before = previous && formatFactAmount(words, previous);
  const figure = factFigure(words, fact);
  const values = { figure, revision: words.say(`guidance.${revision}`) };
  const isChanged = before !== undefined && revision !== 'kept';
  return {
    label: periodOf(words, fact),
    text: isChanged
      ? words.say('guidance.step-from', { ...values, before })
      : // The ledger may lack guidance of before it.
        revision === 'first'
        ? figure
        : words.say('guidance.step', values),
    aside: reportedOn(words, fact, day),
    link: fact.source.url,
  };
};

const reportedSection = (words: Translator, { reported, session }: AfterHoursStory): Section[] =>
  reported.length === 0
    ? []
    : [
        {
          heading: words.say('after-hours.reported.heading'),
          hint: words.say('after-hours.reported.hint'),
          rows: reported.map((it) => reportedRow(words, it, session)),
        },
      ];

const titleOf = (words: Translator, story: AfterHoursStory): string => {
  const { results, price, close, observedAt } = story;
  return words.say(results === undefined ? 'after-hours.title' : `after-hours.title_${results}`, {
    name: nameInSentence(words, story),
    change: formatChange(words, changePercent(price, close)),
    price: formatPrice(words, price, 'usd'),
    time: formatTime(observedAt),
  });
};

/** The card of a fall after the bell: the last trade against the close, what was just reported, the bill as known then. */
export const afterHoursCard = (story: AfterHoursStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { symbol, session, close, price, observedAt, source, delayMinutes, beside } = story;
  return {
    kind: 'after-hours',
    tone: toneBelow(price, [close]),
    title: fitTitle(titleOf(words, story)),
    tag: symbol,
    lead: [words.say('after-hours.lead', { close: formatPrice(words, close, 'usd') }), words.say('after-hours.thin')],
    sections: [...reportedSection(words, story), ...besideSections(words, beside, symbol, session)],
    footer: [priceLine(words, [{ at: observedAt, source, delayMinutes }]), words.say('footer.beside')],
    at: observedAt,
  };
};

/** "Reported since: 2024, $35–40B capex guidance, raised from $30–37B". */
const sinceNote = (words: Translator, reported: JustReported, session: SessionDate): MessageNote => {
  const { label, text, link } = reportedRow(words, reported, session);
  const isGuidance = reported.revision !== undefined;
  return {
    text: words.say('after-hours.since', { what: isGuidance ? `${label}, ${text}` : text }),
    ...(link !== undefined && { link }),
  };
};

/** "Deeper since: −15.1%, $419.00 at 18:20 New York time": a fall after the bell that has gone on, and what was reported since. */
export const afterHoursUpdates = (
  words: Translator,
  { close, session }: AfterHoursStory,
  { price, tradeTime, reported }: DeeperAfterHours,
): MessageNote[] => [
  {
    text: words.say('after-hours.deeper', {
      change: formatChange(words, changePercent(price, close)),
      price: formatPrice(words, price, 'usd'),
      time: formatTime(tradeTime),
    }),
  },
  ...reported.slice(0, MAX_SINCE).map((it) => sinceNote(words, it, session)),
];
