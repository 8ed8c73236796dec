import { formatPrice } from '../i18n/amounts.ts';
import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatFullDate } from '../i18n/dates.ts';
import { nameInSentence } from '../i18n/names.ts';
import { formatLevel } from '../i18n/percent.ts';
import type { SessionDate } from '../market/calendar.ts';
import { toMicros } from '../market/money.ts';
import type { SlideChart } from '../stories/chart-spec.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import type { Card, Picture } from './card.ts';
import { cardFooter } from './card-footer.ts';
import { fitTitle } from './card-title.ts';
import { nextSection } from './next-section.ts';
import { perspectiveOf } from './perspective.ts';
import { besideSections } from './related-figures-sections.ts';
import { slideLead } from './slide-lead.ts';
import { depthBelow, slideTitle } from './slide-title.ts';
import { toneOf } from './tone.ts';

/** File names of pictures keep to [a-z0-9-]: `^IXIC` is `ixic`. */
export const pictureName = (...parts: readonly string[]): string =>
  parts
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

const altText = (words: Translator, story: SlideStory, chart: SlideChart): string => {
  const price = (decimal: number): string => formatPrice(words, toMicros(decimal), story.unit);
  const first = chart.points[0];
  const last = chart.points.at(-1);
  const lines: string[] = [];
  if (first !== undefined && last !== undefined) {
    lines.push(
      words.say('slide.alt.series', {
        name: nameInSentence(words, story),
        from: formatFullDate(words, first.session),
        to: formatFullDate(words, last.session),
        price: price(last.close),
      }),
    );
    lines.push(
      words.say('slide.alt.peak', {
        peak: price(chart.peak.close),
        date: formatFullDate(words, chart.peak.session),
        depth: depthBelow(words, toMicros(last.close), toMicros(chart.peak.close)),
      }),
    );
  }
  if (chart.level !== undefined) {
    lines.push(words.say('slide.alt.level', { level: formatLevel(words, Math.round(chart.level * 100)) }));
  }
  return lines.join(' ');
};

const pictureOf = (words: Translator, story: SlideStory): Picture => ({
  name: pictureName(story.symbol, story.session),
  alt: altText(words, story, story.chart),
  chart: story.chart,
});

/**
 * The card of one slide, as CARDS has it. `today` is the reader's session: a story of an earlier one, like a late one, is
 * told in the past with its date. Throws RangeError for a story without alerts, CatalogueError for an unknown language.
 */
export const slideCard = (
  story: SlideStory,
  language: Language,
  catalogue: Catalogue,
  today: SessionDate = story.session,
): Card => {
  const words = catalogue.in(language);
  const moment = perspectiveOf(story, today);
  return {
    kind: 'slide',
    tone: toneOf(story),
    title: fitTitle(slideTitle(words, moment)),
    tag: story.symbol,
    lead: slideLead(words, moment),
    picture: pictureOf(words, story),
    sections: [...besideSections(words, story.beside, story.symbol, today), ...nextSection(words, story.next, today)],
    footer: cardFooter(words, [story]),
    at: story.observedAt,
  };
};
