import type { Bar } from '../market/bar.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { unitOf, type Watched } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { peakWithin, pricePositionOf } from '../slides/price-position.ts';
import { bestSince, type Closes, closesOf, worstSince } from '../slides/series.ts';
import type { DigestRow, Move } from '../stories/digest-story.ts';

/** "The worst day since" looks far back: at least so many sessions. */
const LONG_AGO = 20;

/** A symbol with its final closes up to the session, and nothing later. */
export interface Record {
  readonly watched: Watched;
  readonly bars: readonly Bar[];
}

/** Where a symbol stood at the session's close, or that this close is not known. */
export const rowOf = ({ watched, bars }: Record, session: SessionDate, calendar: Calendar): DigestRow => {
  const row = { symbol: watched.symbol, name: watched.name, unit: unitOf(watched) };
  const last = bars.at(-1);
  if (!last) return row;
  const standing = last.session === session ? pricePositionOf(bars, undefined) : undefined;
  if (!standing) return { ...row, last: { session: last.session, price: last.close } };
  const before = bars.at(-2);
  // Past the calendar's ends no holiday is known: there the last bar is taken for the last session.
  const follows = !calendar.covers(session) || before?.session === calendar.previous(session);
  const previous = follows ? before?.close : undefined;
  return {
    ...row,
    close: {
      price: last.close,
      ...(previous !== undefined && { previous }),
      peak: peakWithin(standing, YEAR_SESSIONS),
    },
  };
};

/** `since` of a Move; compared exactly. "On record" counts from a record of 252 sessions on. */
const sinceOf = (closes: Closes, price: number, previous: number): Pick<Move, 'since' | 'recordFrom'> => {
  const count = closes.closes.length - 1;
  if (price === previous) return {};
  const since = (price < previous ? worstSince : bestSince)(closes, count, price, previous);
  const recordFrom = closes.sessions[0];
  if (since === null) return count < YEAR_SESSIONS || recordFrom === undefined ? {} : { since, recordFrom };
  return count - closes.sessions.indexOf(since) < LONG_AGO ? {} : { since };
};

/** The day's change of a symbol; undefined where it is not known. */
export const moveOf = ({ close, symbol, name, unit }: DigestRow, { bars }: Record): Move | undefined =>
  close?.previous === undefined
    ? undefined
    : {
        symbol,
        name,
        unit,
        price: close.price,
        previous: close.previous,
        ...sinceOf(closesOf(bars), close.price, close.previous),
      };

/** Size of a change in parts of the close before, for ordering; ties go by symbol. */
const change = ({ price, previous }: Move): number => price / previous - 1;

/** The largest first, whichever way it went. */
export const largestFirst = (a: Move, b: Move): number =>
  Math.abs(change(b)) - Math.abs(change(a)) || (a.symbol < b.symbol ? -1 : 1);
