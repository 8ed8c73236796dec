import type { Bar } from '../market/bar.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { unitOf, type Watched } from '../market/watchlist.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { peakWithin, pricePositionOf } from '../slides/price-position.ts';
import { bestSince, type Closes, closesOf, worstSince } from '../slides/series.ts';
import type { DigestRow, Move } from '../stories/digest-story.ts';

/** "The worst day since" is only said of a day at least this many sessions ago. */
const MIN_SINCE_SESSIONS = 20;

/** A symbol with its final bars up to a session. */
export interface SymbolBars {
  readonly watched: Watched;
  readonly bars: readonly Bar[];
}

/** A symbol's row at the session's close; without `close` if that is not known. */
export const rowOf = ({ watched, bars }: SymbolBars, session: SessionDate, calendar: Calendar): DigestRow => {
  const row = { symbol: watched.symbol, name: watched.name, unit: unitOf(watched) };
  const last = bars.at(-1);
  if (!last) return row;
  const position = last.session === session ? pricePositionOf(bars, undefined) : undefined;
  if (!position) return { ...row, last: { session: last.session, price: last.close } };
  const before = bars.at(-2);
  // Outside the calendar's range no holiday is known: the last bar counts as the last session.
  const follows = !calendar.covers(session) || before?.session === calendar.previous(session);
  const previous = follows ? before?.close : undefined;
  return {
    ...row,
    close: {
      price: last.close,
      ...(previous !== undefined && { previous }),
      peak: peakWithin(position, YEAR_SESSIONS),
    },
  };
};

/** `since` of a Move, compared exactly. "On record" needs at least 252 sessions of closes. */
const sinceOf = (closes: Closes, price: number, previous: number): Pick<Move, 'since' | 'recordFrom'> => {
  const count = closes.closes.length - 1;
  if (price === previous) return {};
  const since = (price < previous ? worstSince : bestSince)(closes, count, price, previous);
  const recordFrom = closes.sessions[0];
  if (since === null) return count < YEAR_SESSIONS || recordFrom === undefined ? {} : { since, recordFrom };
  return count - closes.sessions.indexOf(since) < MIN_SINCE_SESSIONS ? {} : { since };
};

/** The day's change of a symbol; undefined if it is not known. */
export const moveOf = ({ close, symbol, name, unit }: DigestRow, { bars }: SymbolBars): Move | undefined =>
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

/** Change as a fraction of the close before; for ordering only. */
const relativeChange = ({ price, previous }: Move): number => price / previous - 1;

/** Orders moves by size, up or down, the largest first; ties by symbol. */
export const largestFirst = (a: Move, b: Move): number =>
  Math.abs(relativeChange(b)) - Math.abs(relativeChange(a)) || (a.symbol < b.symbol ? -1 : 1);
