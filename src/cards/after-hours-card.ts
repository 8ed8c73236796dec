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
import { figuresFooter } from './card-footer.ts';
import { formatFactAmount } from './fact-amount.ts';
import { ANY_BASIS, basisBrief, factAside, factRow, figureBeside } from './fact-row.ts';

/** Figures of the results that were just reported. */
const MAX_REPORTED = 3;

/** Figures that an edited card adds at most: the guidance comes first. */
const MAX_SINCE = 2;

/** "Meta", "guides $35–40B capex, was $30–37B", "2024, incl. lease principal · 24 Apr 16:05 New York"; a figure's usual row. */
const reportedRow = (words: Translator, { shown, revision, previous }: JustReported, day: string): Row => {
  if (revision === undefined) return factRow(words, shown, day);
  const { fact } = shown;
  const before = previous && formatFactAmount(words, previous);
  const figure = figureBeside(words, fact, ANY_BASIS);
  const isChanged = before !== undefined && revision !== 'kept';
  const text = isChanged
    ? words.say('guidance.was', { figure, before })
    : // The ledger may lack guidance of before it.
      revision === 'first'
      ? figure
      : words.say('guidance.step', { figure, revision: words.say(`guidance.${revision}`) });
  return { ...factRow(words, shown, day, () => text), aside: factAside(words, fact, day, basisBrief(words, fact)) };
};

const reportedSection = (words: Translator, { reported, session }: AfterHoursStory): Section[] =>
  reported.length === 0
    ? []
    : [
        {
          heading: words.say('after-hours.reported.heading'),
          hint: words.say('after-hours.reported.hint'),
          rows: reported.slice(0, MAX_REPORTED).map((it) => reportedRow(words, it, session)),
        },
      ];

/** The price with its minute: what matters most in the lead. */
const strongOf = (words: Translator, { price, observedAt }: AfterHoursStory): string =>
  words.say('after-hours.price', { price: formatPrice(words, price, 'usd'), time: formatTime(observedAt) });

/** "$442.10 at 17:42 New York time, after its results; the close was $493.50." */
const leadLine = (words: Translator, story: AfterHoursStory): string =>
  words.say(story.results === undefined ? 'after-hours.lead' : `after-hours.lead_${story.results}`, {
    price: strongOf(words, story),
    close: formatPrice(words, story.close, 'usd'),
  });

/** The card of a fall after the bell: the last trade against the close, and what was just reported. */
export const afterHoursCard = (story: AfterHoursStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { symbol, close, price, observedAt, source, delayMinutes } = story;
  const sections = reportedSection(words, story);
  const values = { name: nameInSentence(words, story), change: formatChange(words, changePercent(price, close)) };
  return {
    kind: 'after-hours',
    tone: toneBelow(price, [close]),
    title: fitTitle(words.say('after-hours.title', values)),
    tag: symbol,
    lead: [leadLine(words, story)],
    strong: strongOf(words, story),
    quiet: words.say('after-hours.thin'),
    sections,
    footer: figuresFooter(words, [{ at: observedAt, source, delayMinutes }], sections),
    at: observedAt,
  };
};

/** "Reported since: Meta guides $35–40B capex, was $30–37B". */
const sinceNote = (words: Translator, reported: JustReported, session: SessionDate): MessageNote => {
  const { label, text, link } = reportedRow(words, reported, session);
  const isGuidance = reported.revision !== undefined;
  return {
    text: words.say('after-hours.since', { what: isGuidance ? `${label} ${text}` : text }),
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
