import type { RelatedFigures } from '../facts/related-figures.ts';
import type { NextReport } from '../facts/report-day.ts';
import type { Bar } from '../market/bar.ts';
import { fromMicros, type Micros } from '../market/money.ts';
import type { Quote } from '../market/quote.ts';
import type { Watched } from '../market/watchlist.ts';
import type { Alert, DrawdownAlert } from '../stories/alert.ts';
import type { DayChange, Peak, SlideStory } from '../stories/slide-story.ts';
import { baseRates } from './base-rates.ts';
import { changeInBasisPoints, isDown } from './compare.ts';
import { YEAR_SESSIONS } from './machine.ts';
import { type Closes, closesOf, peakOf, worstSince } from './series.ts';
import { unitOf } from './unit-of.ts';

/** Sessions that a picture shows for a window: the window itself, and half a year at least. */
const shownSessions = (window: number): number => Math.max(window, 126);

const PRIORITY = { drawdown: 0, value: 1, day: 2 } as const;

const depth = (alert: Alert): number => (alert.kind === 'day' ? 0 : changeInBasisPoints(alert.price, alert.peak));

/** The deepest drawdown first, of equal ones the longest window; then value lost, then the day. */
const headlineFirst = (a: Alert, b: Alert): number =>
  PRIORITY[a.kind] - PRIORITY[b.kind] ||
  depth(a) - depth(b) ||
  (a.kind === 'drawdown' && b.kind === 'drawdown' ? b.window - a.window : 0);

export interface SlideStoryInput {
  readonly watched: Watched;
  /** The alerts of one observation, at least one. */
  readonly alerts: readonly Alert[];
  readonly quote: Pick<Quote, 'price' | 'session' | 'tradeTime' | 'delayMinutes' | 'source'>;
  readonly final: boolean;
  readonly late: boolean;
  /** Final bars of the sessions before the observation's, oldest first. */
  readonly before: readonly Bar[];
  /** The shallowest day level, in basis points: from there on "worst since" is worth a word. */
  readonly dayLevel: number;
  /** Shares outstanding; absent for an index or a sum. */
  readonly shares?: number;
  /** How all watched symbols stood that day. */
  readonly market: readonly DayChange[];
  readonly beside: RelatedFigures;
  readonly next?: NextReport;
}

const dollarsLost = (watched: Watched, lost: Micros, shares: number | undefined): number | undefined => {
  if (watched.sumOf) return Math.round(lost * 1_000);
  return shares === undefined ? undefined : Math.round(fromMicros(lost) * shares);
};

/** What earlier falls as deep have come to, where the peak of the year is that of all time. */
const ratesOf = (closes: Closes, quote: SlideStoryInput['quote'], peak: Peak | undefined): SlideStory['rates'] => {
  const highest = peakOf(closes, closes.closes.length, closes.closes.length);
  const since = closes.sessions[0];
  if (!peak || !highest || since === undefined || highest.session !== peak.session) return undefined;
  const now = { sessions: [...closes.sessions, quote.session], closes: [...closes.closes, quote.price] };
  const rates = baseRates(now, quote.price, peak.price);
  return rates?.after && { since, cases: rates.cases, sessionsToNewHigh: rates.after.sessionsToNewHigh };
};

/** Tells one observation's alerts as a story: all that its card will say, in numbers. */
export const buildSlideStory = (telling: SlideStoryInput): SlideStory => {
  const { watched, alerts, quote, final, before, shares } = telling;
  const closes = closesOf(before);
  const count = before.length;
  const sorted = alerts.toSorted(headlineFirst);
  const within = (window: number): Peak | undefined => {
    const peak = peakOf(closes, count, final ? window - 1 : window);
    return peak && peak.price > quote.price ? peak : undefined;
  };
  const peak = within(YEAR_SESSIONS);
  const previous = closes.closes[count - 1];
  const headline = sorted.find((alert): alert is DrawdownAlert => alert.kind === 'drawdown');
  const window = headline?.window ?? YEAR_SESSIONS;
  const drawn = within(window) ?? { price: quote.price, session: quote.session };
  const rates = ratesOf(closes, quote, peak);
  const valueLost = peak && dollarsLost(watched, peak.price - quote.price, shares);
  const points = before
    .slice(-shownSessions(window))
    .map(({ session, close }) => ({ session, close: fromMicros(close) }));
  return {
    kind: 'slide',
    symbol: watched.symbol,
    name: watched.name,
    unit: unitOf(watched),
    alerts: sorted,
    price: quote.price,
    session: quote.session,
    observedAt: quote.tradeTime,
    final,
    late: telling.late,
    source: quote.source,
    delayMinutes: quote.delayMinutes,
    ...(previous !== undefined && {
      day: {
        previous,
        recordFrom: closes.sessions[0] ?? quote.session,
        ...(isDown(quote.price, previous, telling.dayLevel) && {
          worstSince: worstSince(closes, count, quote.price, previous),
        }),
      },
    }),
    ...(peak && { peak }),
    ...(rates && { rates }),
    ...(valueLost !== undefined && { valueLost }),
    market: telling.market,
    beside: telling.beside,
    ...(telling.next && { next: telling.next }),
    chart: {
      kind: 'slide',
      symbol: watched.symbol,
      points: [...points, { session: quote.session, close: fromMicros(quote.price) }],
      peak: { session: drawn.session, close: fromMicros(drawn.price) },
      window,
      ...(headline && { level: headline.level / 100 }),
    },
  };
};
