import type { Catalogue, Language, Translator } from '../i18n/catalogue.ts';
import { formatFullDate, formatTime, formatWeekday } from '../i18n/dates.ts';
import { sayOr } from '../i18n/names.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { MultiplesChart } from '../stories/chart-spec.ts';
import { dayTone } from '../stories/day-tone.ts';
import type { ClosedDigest, DigestStory, SessionDigest } from '../stories/digest-story.ts';
import { deepestTone, toneBelow } from '../stories/tone.ts';
import { billAlt, billChartOf } from './bill-picture.ts';
import { type Card, fitTitle, type Picture } from './card.ts';
import { figuresFooter, priceLine } from './card-footer.ts';
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

const changesOf = (
  words: Translator,
  moves: readonly { readonly symbol: string; readonly percent: number }[],
): string => moves.map(({ symbol, percent }) => `${symbol} ${formatChange(words, percent)}`).join(', ');

/** The stored depths with what the card says of each symbol: the move of the day, and the depth. */
const pictureOf = (words: Translator, story: SessionDigest, chart: MultiplesChart): Picture => {
  const { rows, session, breadth, billQuarters } = story;
  const known = new Map(rows.map((row) => [row.symbol, row]));
  const panes = chart.panes.map((pane): MultiplesChart['panes'][number] => {
    const { close, unit } = known.get(pane.symbol) ?? {};
    const reference = unit === 'points' && { reference: true };
    if (!close) return { ...pane, ...reference };
    const { price, previous, peak } = close;
    const percent = previous === undefined ? undefined : changePercent(price, previous);
    return {
      ...pane,
      ...reference,
      ...(previous !== undefined &&
        percent !== undefined && { day: { percent, tone: dayTone({ price, previous, unit }, percent) } }),
      latest: { percent: changePercent(price, peak.price), tone: toneBelow(price, [peak.price]) },
    };
  });
  const alt = words.say('digest.alt', {
    from: formatFullDate(words, chart.sessions[0] ?? session),
    to: formatFullDate(words, chart.sessions.at(-1) ?? session),
    changes: changesOf(
      words,
      panes.flatMap(({ symbol, day }) => (day ? [{ symbol, ...day }] : [])),
    ),
    depths: changesOf(
      words,
      panes.flatMap(({ symbol, latest }) => (latest ? [{ symbol, ...latest }] : [])),
    ),
  });
  return {
    name: pictureName('digest', session),
    alt: billQuarters ? `${alt} ${billAlt(words, billQuarters)}` : alt,
    chart: {
      ...chart,
      breadth,
      panes,
      ...(billQuarters && { bill: billChartOf(billQuarters) }),
    },
  };
};

/** The digest of a day, in the tone of its deepest fall. A quiet day has three lines, a closed one one. */
export const digestCard = (story: DigestStory, language: Language, catalogue: Catalogue): Card => {
  const words = catalogue.in(language);
  if (story.of === 'closed') return closedCard(words, story);
  const prices = [{ at: story.closedAt, source: story.source }];
  const sections = story.quiet ? [] : digestSections(words, story);
  return {
    kind: 'digest',
    tone: deepestTone(story.rows.map(({ close }) => (close ? toneBelow(close.price, [close.previous]) : 'calm'))),
    title: fitTitle(digestTitle(words, story)),
    lead: digestLead(words, story),
    ...(story.chart && { picture: pictureOf(words, story, story.chart) }),
    sections,
    footer: story.quiet ? [priceLine(words, prices)] : figuresFooter(words, prices, sections),
    at: story.closedAt,
  };
};
