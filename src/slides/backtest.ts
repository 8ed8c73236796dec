import type { Bar } from '../market/bar.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import type { Alert } from '../stories/alert.ts';
import { isRise, referencePrice } from './alert-kinds.ts';
import { foldBars } from './fold.ts';
import type { Watch } from './machine.ts';
import { closesOf } from './series.ts';
import { emptyState, type SlideState } from './state.ts';

/** How many sessions after an alert the price is looked at. */
export const LATER_SESSIONS = [20, 60] as const;

/** Nothing older than so many years before the last close is counted. */
export const LONGEST_YEARS = 10;

/** The first day of the last so many years up to a day. */
export const startOfYears = (until: SessionDate, years: number): SessionDate =>
  Temporal.PlainDate.from(until).subtract({ years }).add({ days: 1 }).toString();

/** Closes of one symbol, and the rules that they are played under. */
export interface Played {
  readonly symbol: string;
  /** Oldest first, one at least. */
  readonly bars: readonly Bar[];
  readonly watch: Watch;
  /** Without it, the bar before is of the session before. */
  readonly calendar?: Calendar;
}

/** An alert that the rules would have raised, and what came after it. */
export interface PastCase {
  readonly alert: Alert;
  /** Change to the close of each of LATER_SESSIONS, in percent; undefined while that is not there yet. */
  readonly later: readonly (number | undefined)[];
  /** Sessions to the first close back at the price that the fall is measured from; absent until then, and for a rise. */
  readonly backIn?: number;
}

/** One symbol's closes, played. */
export interface PlayedSymbol {
  readonly played: Played;
  readonly first: SessionDate;
  readonly last: SessionDate;
  /** Of the last LONGEST_YEARS of these closes, oldest first. */
  readonly cases: readonly PastCase[];
}

/** Closes that are folded at a time: well below a millisecond. */
const PIECE = 100;

/** Sessions from a close to the first one at `price` or above. */
const sessionsBack = (bars: readonly Bar[], from: number, price: number): number | undefined => {
  for (let at = from + 1; at < bars.length; at += 1) if ((bars[at] as Bar).close >= price) return at - from;
  return undefined;
};

const caseOf = (bars: readonly Bar[], at: number, alert: Alert): PastCase => {
  const backIn = isRise(alert) ? undefined : sessionsBack(bars, at, referencePrice(alert));
  return {
    alert,
    later: LATER_SESSIONS.map((sessions) => {
      const bar = bars[at + sessions];
      return bar && (bar.close / alert.price - 1) * 100;
    }),
    ...(backIn !== undefined && { backIn }),
  };
};

/**
 * Plays final closes through the machine that the bot runs on, under these rules alone, from the first close on; prices that
 * channels have set and falls within minutes have no closes to be played on. Yields between pieces of work.
 */
export const playRules = function* (played: Played): Generator<undefined, PlayedSymbol> {
  const { symbol, bars, watch, calendar } = played;
  const { sessions } = closesOf(bars, calendar);
  yield;
  const [first = '', last = ''] = [sessions[0], sessions.at(-1)];
  const since = startOfYears(last, LONGEST_YEARS);
  const cases: PastCase[] = [];
  let state: SlideState = emptyState;
  for (let from = 0; from < bars.length; from += PIECE) {
    const to = Math.min(bars.length, from + PIECE);
    const folded = foldBars(watch, symbol, bars, { state, from, to, ...(calendar && { calendar }) });
    state = folded.state;
    for (const alert of folded.alerts)
      if (alert.session >= since) cases.push(caseOf(bars, sessions.indexOf(alert.session, from), alert));
    yield;
  }
  return { played, first, last, cases };
};
