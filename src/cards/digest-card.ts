import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatFullDate, formatInstant, formatTime, formatWeekday } from '../i18n/dates.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { MultiplesChart } from '../stories/chart-spec.ts';
import type { ClosedDigest, DigestStory, SessionDigest } from '../stories/digest-story.ts';
import type { Card, Picture } from './card.ts';
import { sourceName } from './card-footer.ts';
import { fitTitle } from './card-title.ts';
import { digestLead, digestTitle } from './digest-lead.ts';
import { digestSections } from './digest-sections.ts';
import { toneBelow } from './price-reading.ts';
import { pictureName } from './slide-card.ts';
import { deepestTone } from './tone.ts';

/** Closed today (Thanksgiving). Next session Friday 27 Nov, early close 13:00. */
const closedCard = (words: Translator, { day, reason, next, late }: ClosedDigest): Card => {
  const key = `holiday.${reason}`;
  const date = formatWeekday(words, next.session, day, 'long');
  return {
    kind: 'digest',
    tone: 'calm',
    title: fitTitle(
      words.say(next.earlyClose === undefined ? 'digest.closed' : 'digest.closed_early', {
        reason: words.knows(key) ? words.say(key) : reason,
        date,
        ...(next.earlyClose !== undefined && { time: formatTime(next.earlyClose) }),
      }),
    ),
    lead: late ? [words.say('digest.late')] : [],
    sections: [],
    footer: [],
  };
};

const pictureOf = (words: Translator, { rows, session }: SessionDigest, chart: MultiplesChart): Picture => {
  const closes = new Map(rows.map(({ symbol, close }) => [symbol, close]));
  const depths = chart.panes.flatMap(({ symbol }) => {
    const close = closes.get(symbol);
    return close ? [`${symbol} ${formatChange(words, changePercent(close.price, close.peak.price))}`] : [];
  });
  return {
    name: pictureName('digest', session),
    alt: words.say('digest.alt', {
      from: formatFullDate(words, chart.sessions[0] ?? session),
      to: formatFullDate(words, chart.sessions.at(-1) ?? session),
      depths: depths.join(', '),
    }),
    chart,
  };
};

const footerOf = (words: Translator, story: SessionDigest): string[] => [
  words.say('footer.price', {
    instant: formatInstant(words, story.closedAt),
    source: sourceName(words, story.source),
  }),
  ...(story.quiet ? [] : [words.say('footer.beside')]),
];

/** A day's digest in a language; its tone is that of the day's deepest fall. Three lines on a quiet day, one on a closed one. */
export const digestCard = (story: DigestStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  if (story.of === 'closed') return closedCard(words, story);
  return {
    kind: 'digest',
    tone: deepestTone(story.rows.map(({ close }) => (close ? toneBelow(close.price, [close.previous]) : 'calm'))),
    title: fitTitle(digestTitle(words, story)),
    lead: digestLead(words, story),
    ...(story.chart && { picture: pictureOf(words, story, story.chart) }),
    sections: story.quiet ? [] : digestSections(words, story),
    footer: footerOf(words, story),
    at: story.closedAt,
  };
};
