import type { Bar } from '../market/bar.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import type { Alert, Recovery } from '../stories/alert.ts';
import { type Observation, observe, type Watch } from './machine.ts';
import { type Closes, closesOf } from './series.ts';
import { emptyState, type SlideState } from './state.ts';

export interface FoldResult {
  /** The state after the last bar. */
  readonly state: SlideState;
  readonly alerts: Alert[];
  readonly recoveries: Recovery[];
}

/** Where a fold starts and what it knows beside the bars. */
export interface FoldOptions {
  /** The state before the first bar that is folded; by default that before any. */
  readonly state?: SlideState;
  /** Number of bars that the state already includes. */
  readonly from?: number;
  /** Number of bars at which the fold ends; by default that of all. Later ones are not looked at. */
  readonly to?: number;
  /** For the session before, whose close a day's change needs. By default, the bar before is of that session. */
  readonly calendar?: Calendar;
  /** Whether the closes may pass prices that channels have set. Only new closes do. */
  readonly withPrices?: boolean;
  /** The state before a session's close, if it is to be changed. */
  readonly beforeClose?: (state: SlideState, session: SessionDate) => SlideState;
}

/** The observation of the final close at index `at` of `bars`, whose closes are `closes`. */
export const observationOfClose = (
  symbol: string,
  bars: readonly Bar[],
  { numbers }: Closes,
  at: number,
  calendar?: Calendar,
): Observation => {
  const { session, close } = bars[at] as Bar;
  const previousSession = calendar?.knownPrevious(session);
  const missing = numbers ? (numbers[at] ?? at) - (numbers[at - 1] ?? -1) - 1 : 0;
  const observation = { symbol, session, price: close, tradeTime: 0, final: true, missing };
  // Thousands of bars are folded at a time, and most are of before the calendar.
  return previousSession === undefined ? observation : { ...observation, previousSession };
};

const withoutPrices = ({ rules: { price: _, ...rules }, ...watch }: Watch): Watch => ({ ...watch, rules });

/** Folds final closes, oldest first. */
export const foldBars = (
  watch: Watch,
  symbol: string,
  bars: readonly Bar[],
  {
    state: start = emptyState,
    from = 0,
    to = bars.length,
    calendar,
    beforeClose,
    withPrices = false,
  }: FoldOptions = {},
): FoldResult => {
  const closes = closesOf(bars, calendar);
  const folded = withPrices ? watch : withoutPrices(watch);
  const alerts: Alert[] = [];
  const recoveries: Recovery[] = [];
  let state = start;
  for (let i = from; i < to; i += 1) {
    const observation = observationOfClose(symbol, bars, closes, i, calendar);
    if (beforeClose) state = beforeClose(state, observation.session);
    const step = observe(folded, state, closes, i, observation);
    state = step.state;
    for (const alert of step.alerts) alerts.push(alert);
    if (step.recovery) recoveries.push(step.recovery);
  }
  return { state, alerts, recoveries };
};

/** Starts with a slide under way: disarms what the quote has reached, without alerts. */
export const primeState = (
  watch: Watch,
  { joined, ...before }: SlideState,
  closes: Closes,
  count: number,
  quote: Observation,
): SlideState => {
  const state = joined === undefined ? before : { ...before, primed: joined };
  // A price is set by what was known then, so nothing of it is under way.
  const quiet = withoutPrices(watch);
  // The same price a moment earlier: together they are the two quotes that a crossing needs.
  const { confirmedFrom: _, ...rest } = quote;
  const earlier = { ...rest, tradeTime: quote.tradeTime - 1 };
  const { prices } = before;
  const after = observe(quiet, observe(quiet, state, closes, count, earlier).state, closes, count, quote).state;
  return prices ? { ...after, prices } : after;
};
