import { formatPrice } from '../i18n/amounts.ts';
import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatDate, formatFullDate } from '../i18n/dates.ts';
import { grammaticalCount, nameInSentence, nameInTitle } from '../i18n/names.ts';
import { changePercent, depthBelow, formatChange } from '../i18n/percent.ts';
import type { RecoveryStory } from '../stories/recovery-story.ts';
import { type Card, fitTitle, type Picture } from './card.ts';
import { priceLine } from './card-footer.ts';
import { pictureName, shownPoints } from './picture.ts';
import { slidePicture } from './picture-figures.ts';
import { firstFitting } from './title.ts';

const pictureOf = (words: Translator, story: RecoveryStory): Picture => {
  const { chart, peak, trough, unit } = story;
  return {
    name: pictureName(story.symbol, 'recovery', story.session),
    alt: words.say('recovery.alt', {
      name: nameInSentence(words, story),
      from: formatFullDate(words, shownPoints(chart)[0]?.session ?? peak.session),
      to: formatFullDate(words, story.session),
      price: formatPrice(words, story.price, unit),
      trough: formatPrice(words, trough.price, unit),
      troughDate: formatFullDate(words, trough.session),
    }),
    chart: slidePicture(chart, {
      unit,
      price: story.price,
      peak: peak.price,
      window: chart.window,
      lowest: { ...trough, peak: peak.price },
      over: true,
    }),
  };
};

/** The card of a drawdown that has ended: the new high, the peak before it, the depth and the duration. */
export const recoveryCard = (story: RecoveryStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  const { price, peak, trough, session, unit, late, observedAt, source } = story;
  const date = (day: string): string => formatDate(words, day, session);
  return {
    kind: 'recovery',
    tone: 'calm',
    title: fitTitle(
      firstFitting([
        words.say(late ? 'recovery.title_then' : 'recovery.title', {
          name: nameInTitle(words, story),
          count: grammaticalCount(story),
        }),
        words.say('recovery.title_brief', { name: nameInTitle(words, story) }),
      ]),
    ),
    tag: story.symbol,
    lead: [
      words.say(late ? 'recovery.price_then' : 'recovery.price', {
        price: formatPrice(words, price, unit),
        change: formatChange(words, changePercent(price, trough.price)),
        date: date(trough.session),
        ...(late && { day: date(session) }),
      }),
      words.say('recovery.fell', {
        peak: formatPrice(words, peak.price, unit),
        peakDate: date(peak.session),
        depth: depthBelow(words, trough.price, peak.price),
        trough: formatPrice(words, trough.price, unit),
        troughDate: date(trough.session),
        count: story.sessions,
      }),
      ...(late ? [words.say('recovery.late')] : []),
    ],
    picture: pictureOf(words, story),
    sections: [],
    footer: [priceLine(words, [{ at: observedAt, source }])],
  };
};
