import type { Bar, Split } from '../market/bar.ts';
import { type BasketPart, basketPrice } from '../market/basket.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { type MinuteRow, minuteText } from '../market/csv/minutes.ts';
import type { MinutePrice, MinuteSeries } from '../slides/fold-minutes.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { UsageError } from './usage-error.ts';

/** The shortest fall within minutes that can be set: a longer hole may hide one. */
const GAP_MS = 5 * MINUTE_MS;
/** A session whose last price is earlier than so long before the bell has no close. */
const UNCLOSED_MS = 15 * MINUTE_MS;

/** Prices of minutes, and the sessions among them that have no close. */
export type PlayedMinutes = Pick<MinuteSeries, 'minutes' | 'unclosed'>;

/** The minutes of a file by sessions, and what a person should know of them, a line each. */
export interface MinuteSessions extends Omit<MinuteSeries, 'past'> {
  /** The line of a session's first price. */
  lineOf(session: SessionDate): number;
  readonly notes: readonly string[];
}

const clockText = (at: number): string => minuteText(at).slice('YYYY-MM-DD '.length);

const count = (n: number, one: string): string => (n === 1 ? `1 ${one}` : `${n} ${one}s`);

interface Gap {
  readonly line: number;
  readonly from: number;
  readonly to: number;
}

/** The holes in a session's prices, from bell to bell. */
const gapsOf = (rows: readonly MinuteRow[], open: number, close: number): Gap[] => {
  const last = rows.at(-1);
  const ends = [...rows, ...(last ? [{ line: last.line, at: close }] : [])];
  return ends.flatMap(({ line, at }, n) => {
    const from = ends[n - 1]?.at ?? open;
    return at - from > GAP_MS ? [{ line, from, to: at }] : [];
  });
};

const gapsNote = (path: string, [first, ...others]: readonly Gap[]): string[] => {
  if (!first) return [];
  const more = others.length > 0 ? `, and ${count(others.length, 'more gap')} of over five minutes` : '';
  const [from, to] = [minuteText(first.from), clockText(first.to)];
  return [`${path}:${first.line}: warning: no price between ${from} and ${to}${more}; what fell then is not seen`];
};

const outsideNote = (path: string, [first, ...others]: readonly MinuteRow[]): string[] => {
  if (!first) return [];
  const rows = others.length === 0 ? '1 row' : `${others.length + 1} rows`;
  return [
    `${path}:${first.line}: ${rows} outside of New York trading hours left out, the first of ${minuteText(first.at)}`,
  ];
};

const barOf = (session: SessionDate, rows: readonly MinuteRow[]): Bar => {
  const prices = rows.map(({ price }) => price);
  const [open = 0, close = 0] = [prices[0], prices.at(-1)];
  return { session, open, high: Math.max(...prices), low: Math.min(...prices), close, volume: 0 };
};

/**
 * Sorts the rows of a file of minutes into sessions. Rows may name the beginning or the end of their minute.
 * @throws UsageError if no row is of a session.
 */
export const minuteSessions = (path: string, rows: readonly MinuteRow[], calendar: Calendar): MinuteSessions => {
  const sessions = new Map<SessionDate, MinuteRow[]>();
  const outside: MinuteRow[] = [];
  for (const row of rows) {
    const session = calendar.dayOf(row.at);
    const hours = calendar.hours(session);
    const own = sessions.get(session);
    if (!hours || row.at < hours.open || row.at > hours.close) outside.push(row);
    else if (own) own.push(row);
    else sessions.set(session, [row]);
  }
  const [first] = outside;
  if (sessions.size === 0)
    throw new UsageError(
      `${path}:${first?.line ?? 1}: no row is of New York trading hours, the first of ${minuteText(first?.at ?? 0)} ` +
        '(times without an offset are New York time)',
    );
  const gaps: Gap[] = [];
  const unclosed = new Map<SessionDate, number>();
  const minutes: MinutePrice[] = [];
  for (const [session, own] of sessions) {
    const { open, close } = calendar.hours(session) ?? { open: 0, close: 0 };
    gaps.push(...gapsOf(own, open, close));
    for (const { at, price } of own) minutes.push({ session, at, price });
    const last = own.at(-1)?.at ?? open;
    if (last < close - UNCLOSED_MS) unclosed.set(session, last);
  }
  const [early] = unclosed;
  return {
    minutes,
    bars: [...sessions].map(([session, own]) => barOf(session, own)),
    unclosed: new Set(unclosed.keys()),
    lineOf: (session) => sessions.get(session)?.[0]?.line ?? 1,
    notes: [
      ...outsideNote(path, outside),
      ...gapsNote(path, gaps),
      ...(early
        ? [`${path}: warning: prices of ${early[0]} end at ${clockText(early[1])}, so no close of that day is judged`]
        : []),
    ],
  };
};

/** Prices of minutes before each split, divided by it. */
export const dividedMinutes = ({ minutes, unclosed }: PlayedMinutes, splits: readonly Split[]): PlayedMinutes => ({
  minutes: splits.reduce<readonly MinutePrice[]>(
    (all, { session, numerator, denominator }) =>
      all.map((it) =>
        it.session >= session ? it : { ...it, price: Math.round((it.price * denominator) / numerator) },
      ),
    minutes,
  ),
  unclosed,
});

/** A sum's prices, of the minutes that all parts have. */
export const summedMinutes = (parts: readonly BasketPart[], played: readonly PlayedMinutes[]): PlayedMinutes => {
  const prices = played.map(({ minutes }) => new Map(minutes.map(({ at, price }) => [at, price])));
  const minutes = (played[0]?.minutes ?? []).flatMap(({ session, at }) => {
    const own = parts.map(({ shares }, n) => ({ shares, price: prices[n]?.get(at) ?? 0 }));
    return own.every(({ price }) => price > 0) ? [{ session, at, price: basketPrice(own) }] : [];
  });
  return { minutes, unclosed: new Set(played.flatMap((it) => [...it.unclosed])) };
};
