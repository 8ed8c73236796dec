import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatFullDate, formatTime, formatWeekday } from '../i18n/dates.ts';
import { sayOr } from '../i18n/names.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { MultiplesChart } from '../stories/chart-spec.ts';
import type { ClosedDigest, DigestStory, SessionDigest } from '../stories/digest-story.ts';
import { deepestTone, toneBelow } from '../stories/tone.ts';
import { type Card, fitTitle, type Picture } from './card.ts';
import { priceLine } from './card-footer.ts';
import { digestLead, digestTitle } from './digest-lead.ts';
import { digestSections } from './digest-sections.ts';
import { pictureName } from './picture.ts';

/** "Market closed today (Thanksgiving). Next session Friday 27 Nov, early close at 13:00." */
const closedCard = (words: Translator, { day, reason, next, late }: ClosedDigest): Card => {
  const date = formatWeekday(words, next.session, day, 'long');
  return {
    kind: 'digest',
    tone: 'calm',
    title: fitTitle(
      words.say(next.earlyClose === undefined ? 'digest.closed' : 'digest.closed_early', {
        reason: sayOr(words, `holiday.${reason}`, reason),
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
    chart: {
      ...chart,
      panes: chart.panes.map((pane) => {
        const close = closes.get(pane.symbol);
        return close ? { ...pane, latest: { price: close.price, peak: close.peak.price } } : pane;
      }),
    },
  };
};

const footerOf = (words: Translator, story: SessionDigest): string[] => [
  priceLine(words, [{ at: story.closedAt, source: story.source }]),
  ...(story.quiet ? [] : [words.say('footer.beside')]),
];

/** The digest of a day, in the tone of its deepest fall. A quiet day has three lines, a closed one one. */
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
