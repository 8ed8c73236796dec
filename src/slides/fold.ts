import type { Bar } from '../market/bar.ts';
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

/** Folds final closes, oldest first, into a state that already includes the first `from` of them. */
export const foldBars = (
  watch: Watch,
  symbol: string,
  bars: readonly Bar[],
  start: { readonly state: SlideState; readonly from: number } = { state: emptyState, from: 0 },
): FoldResult => {
  const closes = closesOf(bars);
  const alerts: Alert[] = [];
  const recoveries: Recovery[] = [];
  let state = start.state;
  for (let i = start.from; i < bars.length; i += 1) {
    const { session, close } = bars[i] as Bar;
    const step = observe(watch, state, closes, i, { symbol, session, price: close, tradeTime: 0, final: true });
    state = step.state;
    for (const alert of step.alerts) alerts.push(alert);
    if (step.recovery) recoveries.push(step.recovery);
  }
  return { state, alerts, recoveries };
};

/** Starts with a slide under way: disarms what the quote has reached, without alerts. */
export const primeState = (
  watch: Watch,
  { joined: _, ...state }: SlideState,
  closes: Closes,
  count: number,
  quote: Observation,
): SlideState => {
  // The same price a moment earlier: together they are the two quotes that a crossing needs.
  const earlier = { ...quote, tradeTime: quote.tradeTime - 1 };
  return observe(watch, observe(watch, state, closes, count, earlier).state, closes, count, quote).state;
};
