import type { Bar } from '../../../src/market/bar.ts';
import type { SessionDate } from '../../../src/market/calendar.ts';
import type { Micros } from '../../../src/market/money.ts';
import type { Kind } from '../../../src/market/watchlist.ts';
import { type Draw, drawOf } from './draw.ts';
import type { Series } from './series.ts';
import { calendar, PAST, pastSessions, SESSIONS } from './week.ts';

/** A simulated session: its prices in the order of the day. */
export interface Day {
  readonly session: SessionDate;
  /** Epoch milliseconds of the bells. */
  readonly open: number;
  readonly close: number;
  /** Share of the session from 0 to 1, and the price then; in between prices move evenly. */
  readonly path: readonly (readonly [share: number, price: Micros])[];
}

/** What prices really were, in the unit of the last simulated session. */
export interface Truth {
  readonly kind: Kind;
  /** Closes before the simulated days. */
  readonly past: readonly Bar[];
  readonly days: readonly Day[];
}

const CENT = 10_000;
/** Prices are shown in whole cents. */
export const inCents = (price: number): Micros => Math.max(CENT, Math.round(price / CENT) * CENT);

const barOf = (session: SessionDate, close: Micros): Bar => ({
  ...{ session, open: close, high: close, low: close, close, volume: 0 },
});

export const closeOf = ({ path }: Day): Micros => path.at(-1)?.[1] ?? 0;

export const priceAt = ({ open, close, path }: Day, now: number): Micros => {
  const share = Math.min(1, Math.max(0, (now - open) / (close - open)));
  const at = Math.max(
    1,
    path.findIndex(([until]) => until >= share),
  );
  const [from, to] = [path[at - 1], path[at]];
  if (!from || !to) return closeOf({ path } as Day);
  return inCents(from[1] + ((to[1] - from[1]) * (share - from[0])) / (to[0] - from[0]));
};

const barOfDay = (day: Day): Bar => {
  const prices = day.path.map(([, price]) => price);
  return { ...barOf(day.session, closeOf(day)), high: Math.max(...prices), low: Math.min(...prices) };
};

/** The bars of sessions that have ended at `now`, as they will stand in every history. */
export const barsAt = ({ past, days }: Truth, now: number): Bar[] => [
  ...past,
  ...days.filter(({ close }) => close <= now).map(barOfDay),
];

/** The close of the session before `session`. */
export const closeBefore = ({ past, days }: Truth, session: SessionDate): Micros => {
  const day = days.findLast((it) => it.session < session);
  return day ? closeOf(day) : (past.at(-1)?.close ?? 0);
};

/** A price from real ones: rows that have only a close open somewhere between it and the close before. */
const dayOf = (draw: Draw, session: SessionDate, bar: Bar, before: Micros, scale: number): Day => {
  const { open, close } = calendar.hours(session) ?? { open: 0, close: 0 };
  const hasRange = bar.high > bar.low;
  const opened = hasRange ? bar.open : before + (bar.close - before) * draw.between(0, 1);
  const [low, high] = hasRange
    ? [bar.low, bar.high]
    : [Math.min(opened, bar.close) * 0.995, Math.max(opened, bar.close) * 1.005];
  const [first, second] = draw.chance(0.5) ? [low, high] : [high, low];
  const [early, later] = [draw.between(0.02, 0.5), draw.between(0.55, 0.98)];
  const prices = [opened, first, second, bar.close].map((price) => inCents(price * scale));
  return { session, open, close, path: [0, early, later, 1].map((share, n) => [share, prices[n] ?? 0]) };
};

/** Draws a week of real prices, more often one with a fall, told as if it were the simulated one. */
export const drawTruth = (draw: Draw, { kind, bars, last, falls }: Series): Truth => {
  const onFall = falls.length > 0 && draw.chance(0.6);
  const drawn = onFall ? draw.one(falls) - draw.whole(0, SESSIONS.length - 1) : draw.whole(PAST, last);
  const first = Math.min(last, Math.max(PAST, drawn));
  const scale = draw.between(30, 500) / ((bars[first]?.close ?? 1) / 1_000_000);
  const past = bars
    .slice(first - PAST, first)
    .map(({ close }, n) => barOf(pastSessions[n] ?? '', inCents(close * scale)));
  const days = SESSIONS.map((session, n) => {
    const [before, bar] = [bars[first + n - 1], bars[first + n]];
    if (!before || !bar) throw new Error('the drawn week has no bars');
    return dayOf(draw, session, bar, before.close, scale);
  });
  return { kind, past, days };
};

/**
 * Real prices as they were: `days` sessions from `first` on, which `bars` have, after up to `PAST` closes. `scale`: later
 * splits, by which the bars were divided since.
 */
export const realTruth = (
  { kind, bars }: Pick<Series, 'kind' | 'bars'>,
  first: SessionDate,
  days: number,
  scale = 1,
): Truth => {
  const from = bars.findIndex(({ session }) => session >= first);
  if (from < 1) throw new Error(`no bars of ${first}`);
  const draw = drawOf(from);
  return {
    kind,
    past: bars
      .slice(Math.max(0, from - PAST), from)
      .map(({ session, close }) => barOf(session, inCents(close * scale))),
    days: bars
      .slice(from, from + days)
      .map((bar, n) => dayOf(draw, bar.session, bar, bars[from + n - 1]?.close ?? 0, scale)),
  };
};

/** The truth with the prices of one session, and all later ones, `ratio` times as high from its opening on. */
export const withGap = (truth: Truth, at: number, ratio: number): Truth => ({
  ...truth,
  days: truth.days.map((day, n) =>
    n < at ? day : { ...day, path: day.path.map(([share, price]) => [share, inCents(price * ratio)]) },
  ),
});
