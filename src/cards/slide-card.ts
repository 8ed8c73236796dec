import type { NextReport } from '../facts/report-day.ts';
import { formatPrice } from '../i18n/amounts.ts';
import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatFullDate, formatWeekday } from '../i18n/dates.ts';
import { joinNames, nameInList } from '../i18n/names.ts';
import { depthBelow, formatLevel } from '../i18n/percent.ts';
import type { SessionDate } from '../market/calendar.ts';
import { fromMicros, toMicros } from '../market/money.ts';
import { isOfRise } from '../slides/alert-kinds.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { type Card, fitTitle, type Picture, type Section } from './card.ts';
import { slideFooter } from './card-footer.ts';
import { perspectiveOf } from './perspective.ts';
import { pictureName, seriesAlt, shownPoints } from './picture.ts';
import { billOf, slidePicture } from './picture-figures.ts';
import { besideSections } from './related-figures-sections.ts';
import { lowOfRise } from './rise-low.ts';
import { rateLine, slideLead, strongLead } from './slide-lead.ts';
import { slideTitle } from './slide-title.ts';
import { toneOf } from './tone.ts';

const altText = (words: Translator, { name, unit, chart }: SlideStory): string => {
  const [first, last] = [shownPoints(chart)[0], chart.points.at(-1)];
  const peak = { price: toMicros(chart.peak.close), session: chart.peak.session };
  return [
    ...(first && last
      ? [seriesAlt(words, { name, unit, from: first.session, to: last.session, price: toMicros(last.close), peak })]
      : []),
    ...(chart.level === undefined
      ? []
      : [words.say('slide.alt.level', { level: formatLevel(words, Math.round(chart.level * 100)) })]),
  ].join(' ');
};

const fallPicture = (words: Translator, story: SlideStory): Picture => ({
  name: pictureName(story.symbol, story.session),
  alt: altText(words, story),
  chart: slidePicture(story.chart, {
    unit: story.unit,
    price: story.price,
    peak: toMicros(story.chart.peak.close),
    window: story.chart.window,
    previous: story.day?.previous,
    bill: billOf(story.beside.quarters),
  }),
});

/** The closes and their distances above the low, in the place of those below the peak. */
const risePicture = (words: Translator, story: SlideStory): Picture => {
  const { name, unit, chart, symbol, session, price, day, beside } = story;
  const [first, last] = [shownPoints(chart)[0], chart.points.at(-1)];
  const { window, level, ...low } = lowOfRise(story);
  const series =
    first && last
      ? [seriesAlt(words, { name, unit, from: first.session, to: last.session, price: toMicros(last.close) })]
      : [];
  const above = {
    low: formatPrice(words, low.price, unit),
    date: formatFullDate(words, low.session),
    rise: depthBelow(words, price, low.price),
  };
  const { level: _, ...closes } = chart;
  return {
    name: pictureName(symbol, session),
    alt: [
      ...series,
      ...(price > low.price && window === YEAR_SESSIONS ? [words.say('slide.alt.low', above)] : []),
      ...(level === undefined
        ? []
        : [words.say('slide.alt.level_rise', { level: formatLevel(words, Math.round(level * 100)) })]),
    ].join(' '),
    chart: slidePicture(
      { ...closes, window, ...(level !== undefined && { level }) },
      {
        unit,
        price,
        peak: low.price,
        window,
        previous: day?.previous,
        bill: billOf(beside.quarters),
        low: { session: low.session, close: fromMicros(low.price) },
      },
    ),
  };
};

const pictureOf = (words: Translator, story: SlideStory): Picture =>
  isOfRise(story) ? risePicture(words, story) : fallPicture(words, story);

/** "Microsoft reports today after the close": the next earnings report, unless it is before `cardDay`. */
export const nextSection = (words: Translator, next: NextReport | undefined, cardDay: SessionDate): Section[] => {
  if (next === undefined || next.day < cardDay) return [];
  const { day, symbols, estimated } = next;
  const values = {
    names: joinNames(
      words,
      symbols.map((symbol) => nameInList(words, symbol)),
    ),
    count: symbols.length,
    date: formatWeekday(words, day, cardDay, 'short'),
  };
  const text = words.say(day === cardDay ? 'next.today' : 'next.on', values);
  const row = { label: '', text, ...(estimated && { aside: words.say('digest.reports.estimated') }) };
  return [{ heading: words.say('next.heading'), rows: [row] }];
};

/**
 * The card of one slide. `today` is the reader's session: an earlier or late story is in the past tense, with its date.
 * Throws RangeError for a story without alerts, CatalogueError for an unknown language.
 */
export const slideCard = (
  story: SlideStory,
  language: Language,
  catalogue: Catalogue,
  today: SessionDate = story.session,
): Card => {
  const words = catalogue.in(language);
  const perspective = perspectiveOf(story, today);
  const quiet = rateLine(words, story);
  const sections = [
    ...besideSections(words, story.beside, story.symbol, today),
    ...nextSection(words, story.next, today),
  ];
  return {
    kind: 'slide',
    tone: toneOf(story),
    title: fitTitle(slideTitle(words, perspective)),
    tag: story.symbol,
    lead: slideLead(words, perspective),
    strong: strongLead(words, perspective),
    ...(quiet !== undefined && { quiet }),
    picture: pictureOf(words, story),
    sections,
    ...slideFooter(words, [story], sections),
  };
};
