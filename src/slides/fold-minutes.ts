import type { Bar } from '../market/bar.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { Alert } from '../stories/alert.ts';
import { foldBars, observationOfClose } from './fold.ts';
import { type Observation, observe, type Watch } from './machine.ts';
import { closesOf } from './series.ts';
import { isSuddenFall, isSuddenRise } from './sudden-moves.ts';

/** A price of a minute of a session. */
export interface MinutePrice {
  readonly session: SessionDate;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly price: Micros;
}

/** Sessions that are played minute by minute, and the closes before them. */
export interface MinuteSeries {
  /** Closes of the sessions before, oldest first; their alerts are not told. */
  readonly past: readonly Bar[];
  /** Oldest first. */
  readonly minutes: readonly MinutePrice[];
  /** One for each session of the minutes. */
  readonly bars: readonly Bar[];
  /** The sessions whose last price is no close: their prices end too early. */
  readonly unclosed: ReadonlySet<SessionDate>;
}

/** An alert, and when the price was that raised it; absent for a close. */
export interface TimedAlert {
  readonly alert: Alert;
  readonly at?: number;
}

/**
 * Plays prices of minutes through the machine as a poll a minute would: each is a quote, so another one confirms what it
 * crosses, and the last of a session is its close, too. Prices that are set count from the time at which they were set.
 */
export const foldMinutes = (
  watch: Watch,
  symbol: string,
  { past, minutes, bars: played, unclosed }: MinuteSeries,
  calendar?: Calendar,
): TimedAlert[] => {
  const known = calendar && { calendar };
  const bars = [...past, ...played];
  const closes = closesOf(bars, calendar);
  let { state } = foldBars(watch, symbol, past, known);
  const alerts: TimedAlert[] = [];
  const take = (observation: Observation, count: number): void => {
    const step = observe(watch, state, closes, count, observation);
    state = step.state;
    for (const alert of step.alerts) alerts.push(observation.final ? { alert } : { alert, at: observation.tradeTime });
  };
  let before: Micros | undefined;
  let next = 0;
  for (let n = past.length; n < bars.length; n += 1) {
    const close = observationOfClose(symbol, bars, closes, n, calendar);
    for (; (minutes[next]?.session ?? '~') <= close.session; next += 1) {
      const { session, price, at } = minutes[next] as MinutePrice;
      if (session < close.session) continue;
      const doubts = {
        ...(isSuddenRise(before, price) && { keepsDisarmed: true }),
        ...(isSuddenFall(before, price) && { keepsRisesDisarmed: true }),
      };
      take({ ...close, price, tradeTime: at, final: false, ...doubts }, n);
      before = price;
    }
    if (!unclosed.has(close.session)) take(close, n);
  }
  return alerts;
};
