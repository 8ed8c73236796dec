import { formatFigure, formatPrice } from '../i18n/amounts.ts';
import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatDate, formatFullDate, formatInstant } from '../i18n/dates.ts';
import { grammaticalCount, nameInSentence } from '../i18n/names.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { RecoveryStory } from '../stories/recovery-story.ts';
import type { Card, Picture } from './card.ts';
import { sourceName } from './card-footer.ts';
import { fitTitle } from './card-title.ts';
import { pictureName } from './slide-card.ts';
import { depthBelow } from './slide-title.ts';

const pictureOf = (words: Translator, story: RecoveryStory): Picture => {
  const { chart, peak, trough, unit } = story;
  const shown = chart.points.slice(-(chart.shown ?? chart.points.length));
  return {
    name: pictureName(story.symbol, 'recovery', story.session),
    alt: words.say('recovery.alt', {
      name: nameInSentence(words, story),
      from: formatFullDate(words, shown[0]?.session ?? peak.session),
      to: formatFullDate(words, story.session),
      price: formatPrice(words, story.price, unit),
      trough: formatPrice(words, trough.price, unit),
      troughDate: formatFullDate(words, trough.session),
    }),
    chart,
  };
};

/** The card of a fall that has ended: the new high, what it fell from, how deep it went and how long it took. */
export const recoveryCard = (story: RecoveryStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { price, peak, trough, session, unit, late } = story;
  const date = (day: string): string => formatDate(words, day, session);
  const figure = (micros: number): string => formatFigure(words, micros, unit);
  return {
    kind: 'recovery',
    tone: 'calm',
    title: fitTitle(
      words.say(late ? 'recovery.title_then' : 'recovery.title', {
        name: nameInSentence(words, story),
        count: grammaticalCount(story),
        ...(late && { date: date(session) }),
      }),
    ),
    tag: story.symbol,
    lead: [
      words.say('recovery.price', {
        price: formatPrice(words, price, unit),
        change: formatChange(words, changePercent(price, trough.price)),
        date: date(trough.session),
      }),
      words.say('recovery.fell', {
        peak: figure(peak.price),
        peakDate: date(peak.session),
        depth: depthBelow(words, trough.price, peak.price),
        trough: figure(trough.price),
        troughDate: date(trough.session),
        count: story.sessions,
      }),
      ...(late ? [words.say('recovery.late')] : []),
    ],
    picture: pictureOf(words, story),
    sections: [],
    footer: [
      words.say('footer.price', {
        instant: formatInstant(words, story.observedAt),
        source: sourceName(words, story.source),
      }),
    ],
  };
};
