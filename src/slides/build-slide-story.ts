import type { RelatedFigures } from '../facts/related-figures.ts';
import type { NextReport } from '../facts/report-day.ts';
import type { Bar } from '../market/bar.ts';
import { isDown, productAtMost } from '../market/compare.ts';
import { fromMicros, type Micros } from '../market/money.ts';
import type { Quote } from '../market/quote.ts';
import { unitOf, type Watched } from '../market/watchlist.ts';
import type { Alert } from '../stories/alert.ts';
import type { DayChange, Peak, SlideStory } from '../stories/slide-story.ts';
import { windowOf } from './alert-kinds.ts';
import { baseRates } from './base-rates.ts';
import { YEAR_SESSIONS } from './machine.ts';
import { chartedSessions, narrowStory } from './narrow-story.ts';
import { closesWithNow, type PricePosition, peakWithin, previousOf } from './price-position.ts';
import { closesOf, peakOf, worstSince } from './series.ts';

export interface SlideStoryInput {
  readonly watched: Watched;
  /** The alerts of one observation, at least one. */
  readonly alerts: readonly Alert[];
  readonly quote: Pick<Quote, 'price' | 'session' | 'tradeTime' | 'delayMinutes' | 'source'>;
  readonly final: boolean;
  readonly late: boolean;
  /** Final bars of the sessions before the observation's, oldest first. */
  readonly before: readonly Bar[];
  /** Whether the session before has no close: then there is no change of the day. */
  readonly isPreviousMissing?: boolean;
  /** Source's unit / ours, while the unit is in doubt; `before` is in the source's. */
  readonly unitFactor?: number;
  /** In basis points: from there on, or if an alert of a day's fall has fired, the story says "worst since". */
  readonly dayLevel: number;
  /** Shares outstanding; absent for an index or a basket. */
  readonly shares?: number;
  /** The day's change of all watched symbols. */
  readonly market: readonly DayChange[];
  readonly together: readonly string[];
  /** The index that the companies are measured by. */
  readonly index?: string;
  readonly beside: RelatedFigures;
  readonly next?: NextReport;
}

/** Whole US dollars of market value; a basket is priced in billions of dollars already. */
const dollarsLost = (watched: Watched, lost: Micros, shares: number | undefined): number | undefined => {
  if (watched.sumOf) return Math.round(lost * 1_000);
  return shares === undefined ? undefined : Math.round(fromMicros(lost) * shares);
};

const BASIS_POINTS = 10_000;
/** Falls are counted by round depths, in basis points. */
const ROUND_DEPTH = 500;

/** The deepest round depth that a price has fallen by, in basis points; 0 for less. */
const roundLevel = (price: Micros, peak: Micros): number => {
  const near = Math.ceil((1 - price / peak) * (BASIS_POINTS / ROUND_DEPTH)) * ROUND_DEPTH;
  return [near, near - ROUND_DEPTH].find((level) => level > 0 && isDown(price, peak, level)) ?? 0;
};

/** What followed earlier falls as deep. Undefined unless the year's peak is the all-time peak: depths are measured from that. */
const ratesOf = (position: PricePosition, peak: Peak | undefined): SlideStory['rates'] => {
  const { sessions, closes } = position.before;
  const highest = peakOf(position.before, closes.length, closes.length);
  const since = sessions[0];
  if (!peak || !highest || since === undefined || highest.session !== peak.session) return undefined;
  const level = roundLevel(position.price, peak.price);
  const price = level === 0 ? position.price : Math.floor((peak.price * (BASIS_POINTS - level)) / BASIS_POINTS);
  const rates = baseRates(closesWithNow(position), price, peak.price);
  return (
    rates?.after && {
      ...(level > 0 && { level }),
      since,
      cases: rates.cases,
      sessionsToNewHigh: rates.after.sessionsToNewHigh,
    }
  );
};

/** With fewer earlier days as bad, nothing is said of how often they happen. */
const MIN_DAYS = 3;

type DayRates = NonNullable<SlideStory['day']>['rates'];

const withRates = (rates: DayRates): { rates?: NonNullable<DayRates> } => (rates ? { rates } : {});

/** How many earlier days were as bad. */
const dayRatesOf = ({ sessions, closes }: PricePosition['before'], price: Micros, previous: Micros): DayRates => {
  const [since] = sessions;
  const cases = closes.filter((close, at) => at > 0 && productAtMost(close, previous, price, closes[at - 1] as Micros));
  return since === undefined || cases.length < MIN_DAYS
    ? undefined
    : { since, cases: cases.length, sessions: sessions.length };
};

const fullStory = (input: SlideStoryInput): SlideStory => {
  const { watched, alerts, quote, final, before, shares } = input;
  const closes = closesOf(before);
  const count = before.length;
  const position = { price: quote.price, session: quote.session, final, before: closes };
  const windows = alerts.map((alert) => windowOf(alert) ?? YEAR_SESSIONS);
  const window = Math.max(YEAR_SESSIONS, ...windows);
  const yearPeak = peakWithin(position, YEAR_SESSIONS);
  const peak = yearPeak.price > quote.price ? yearPeak : undefined;
  const previous = input.isPreviousMissing ? undefined : previousOf(position);
  const rates = ratesOf(position, peak);
  const index = input.index === watched.symbol ? undefined : input.market.find(({ symbol }) => symbol === input.index);
  const valueLost = peak && dollarsLost(watched, peak.price - quote.price, shares);
  const saysWorst = alerts.some(({ kind }) => kind === 'day');
  const points = before
    .slice(-chartedSessions(window))
    .map(({ session, close }) => ({ session, close: fromMicros(close) }));
  return {
    kind: 'slide',
    symbol: watched.symbol,
    name: watched.name,
    unit: unitOf(watched),
    alerts,
    price: quote.price,
    session: quote.session,
    observedAt: quote.tradeTime,
    final,
    late: input.late,
    ...(input.unitFactor !== undefined && { unitFactor: input.unitFactor }),
    source: quote.source,
    delayMinutes: quote.delayMinutes,
    ...(previous !== undefined && {
      day: {
        previous,
        recordFrom: closes.sessions[0] ?? quote.session,
        ...((saysWorst || isDown(quote.price, previous, input.dayLevel)) && {
          worstSince: worstSince(closes, count, quote.price, previous),
          ...withRates(dayRatesOf(closes, quote.price, previous)),
        }),
      },
    }),
    ...(index && { index }),
    ...(peak && { peak }),
    ...(rates && { rates }),
    ...(valueLost !== undefined && { valueLost }),
    market: input.market,
    together: input.together,
    beside: input.beside,
    ...(input.next && { next: input.next }),
    chart: {
      kind: 'slide',
      symbol: watched.symbol,
      points: [...points, { session: quote.session, close: fromMicros(quote.price) }],
      peak: { session: yearPeak.session, close: fromMicros(yearPeak.price) },
      window: YEAR_SESSIONS,
    },
  };
};

/** Builds the story of one observation's alerts: everything its card says, in numbers. */
export const buildSlideStory = (input: SlideStoryInput): SlideStory =>
  narrowStory(fullStory(input), input.alerts, input.dayLevel);

/**
 * The story of all alerts of one observation, from which `narrowStory` makes that of some of them: the same, but for a
 * chart as long as that of any of them.
 */
export const draftSlideStory = (input: SlideStoryInput): SlideStory => {
  const full = fullStory(input);
  const { chart, ...story } = narrowStory(full, input.alerts, input.dayLevel);
  return { ...story, chart: { ...chart, points: full.chart.points } };
};
