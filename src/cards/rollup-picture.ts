import type { Translator } from '../i18n/catalogue.ts';
import { formatFullDate } from '../i18n/dates.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { BarsChart } from '../stories/chart-spec.ts';
import { dayTone } from '../stories/day-tone.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import type { Picture } from './card.ts';
import { pictureName } from './picture.ts';
import { countMoved, isAboutRises, othersThatDay } from './rollup-title.ts';

const MIN_BARS = 2;

interface Drawn {
  readonly symbol: string;
  readonly price: Micros;
  readonly previous: Micros;
  readonly unit: PriceUnit;
}

const moveOf = ({ symbol, ...move }: Drawn): BarsChart['companies'][number] => {
  const percent = changePercent(move.price, move.previous);
  return { symbol, percent, tone: dayTone(move, percent) };
};

/** The moves of the newest session as bars, those that did not slide among them: only moves of one day compare. */
export const rollupPicture = (
  words: Translator,
  stories: readonly SlideStory[],
  session: SessionDate,
): Picture | undefined => {
  const slid = stories.flatMap(({ symbol, session: on, price, day, unit }) =>
    day === undefined || on !== session ? [] : [{ symbol, price, previous: day.previous, unit }],
  );
  const others = othersThatDay(stories).map((it) => ({ unit: 'usd' as const, ...it }));
  const isOfRises = isAboutRises(stories);
  const way = isOfRises ? -1 : 1;
  const drawn: readonly Drawn[] = [...slid, ...others].toSorted(
    (a, b) => way * (a.price / a.previous - b.price / b.previous) || (a.symbol < b.symbol ? -1 : 1),
  );
  if (drawn.length < MIN_BARS) return undefined;
  const companies = drawn.filter(({ unit }) => unit === 'usd');
  const counted = companies.length > 0 ? companies : drawn.filter(({ unit }) => unit === 'points');
  const count = counted.filter(({ price, previous }) => way * (price - previous) < 0).length;
  const isOneSession = stories.every((story) => story.session === session);
  const chart: BarsChart = {
    kind: 'bars',
    session,
    moved: {
      way: isOfRises ? 'up' : 'down',
      ...((isOneSession ? countMoved(stories) : undefined) ?? { count, of: counted.length }),
    },
    companies: companies.map(moveOf),
    references: [
      ...drawn.filter(({ unit }) => unit === 'points'),
      ...drawn.filter(({ unit }) => unit === 'usd-billions'),
    ].map(moveOf),
  };
  const changes = [...chart.companies, ...chart.references]
    .map(({ symbol, percent }) => `${symbol} ${formatChange(words, percent)}`)
    .join(', ');
  return {
    name: pictureName('together', session),
    alt: words.say('rollup.alt', { date: formatFullDate(words, session), changes }),
    chart,
  };
};
