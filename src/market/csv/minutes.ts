import { MINUTE_MS } from '../../util/durations.ts';
import type { SessionDate } from '../calendar.ts';
import { newYorkClock, newYorkTime } from '../exchange-time.ts';
import type { Micros } from '../money.ts';
import { LineFault, quoted } from './csv-error.ts';

/** A row of a file of minutes: its time, epoch milliseconds, and its close. */
export interface MinuteRow {
  readonly line: number;
  readonly at: number;
  readonly price: Micros;
}

/** The cell of a row's time, behind that of its date if they are two, and the day that was read from it. */
export interface TimeCell {
  readonly line: number;
  readonly cell: string;
  readonly day: SessionDate;
}

const TIME =
  /(?:[T ]+|^)(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d+)?)?(?:\s*([ap])\.?m\.?)?\s*(z|utc|gmt|et|e[sd]t|[+-]\d\d:?\d\d)?$/i;

/** Hours of a clock of twelve. */
const HALF_DAY = 12;

/** Milliseconds that a zone is ahead of UTC; undefined for New York's own time. */
const aheadOf = (zone: string): number | undefined => {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone) ?? [];
  if (sign !== undefined) return (sign === '-' ? -1 : 1) * (60 * Number(hours) + Number(minutes)) * MINUTE_MS;
  return /^(z|utc|gmt)$/i.test(zone) ? 0 : undefined;
};

/** Whether half of the rows or more are further times of a day that is there already, so that they are not a close each. */
const hasMinutes = (cells: readonly TimeCell[]): boolean => {
  const first = new Map<SessionDate, string>();
  let further = 0;
  for (const { day, cell } of cells) {
    const seen = first.get(day);
    if (seen === undefined) first.set(day, cell);
    else if (seen !== cell && TIME.test(cell)) further += 1;
  }
  return further > 0 && 2 * further >= cells.length;
};

/**
 * Epoch milliseconds of every row, and whether some are New York's time for lack of an offset; undefined for a file of days.
 * @throws LineFault for a row without a readable time.
 */
export const timesOf = (
  cells: readonly TimeCell[],
): { readonly times: readonly number[]; readonly isLocal: boolean } | undefined => {
  if (!hasMinutes(cells)) return undefined;
  const midnights = new Map<SessionDate, number>();
  const midnightOf = (day: SessionDate): number => {
    const known = midnights.get(day) ?? newYorkTime(day, '00:00');
    midnights.set(day, known);
    return known;
  };
  let isLocal = false;
  const times = cells.map(({ line, cell, day }) => {
    const [, hour = '', minute = '', second = '0', half = '', zone = ''] = TIME.exec(cell) ?? [];
    const inDay = half === '' ? Number(hour) : (Number(hour) % HALF_DAY) + (/p/i.test(half) ? HALF_DAY : 0);
    if (hour === '' || inDay > 23 || Number(minute) > 59 || Number(second) > 59)
      throw new LineFault(
        line,
        `${quoted(cell)} has no time of the day; in a file of minutes each row needs one, like ` +
          '2025-10-10T13:30:00Z, or 2025-10-10 09:30 in New York',
      );
    const time = (60 * inDay + Number(minute)) * MINUTE_MS + Number(second) * 1_000;
    const ahead = aheadOf(zone);
    if (ahead !== undefined) return Date.parse(`${day}T00:00:00Z`) + time - ahead;
    isLocal ||= zone === '';
    return midnightOf(day) + time;
  });
  return { times, isLocal };
};

/** "2025-10-10 09:30" in New York, with seconds if there are some. */
export const minuteText = (at: number): string =>
  newYorkClock(at)
    .toPlainDateTime()
    .toString({ smallestUnit: at % MINUTE_MS === 0 ? 'minute' : 'second' })
    .replace('T', ' ');

/**
 * Rows oldest first, turned round if all of them are newest first.
 * @throws LineFault for rows in no order, for a time that is there twice, and for rows that are less than a minute apart.
 */
export const inTimeOrder = (rows: readonly MinuteRow[]): readonly MinuteRow[] => {
  const isNewestFirst = (rows[0]?.at ?? 0) > (rows.at(-1)?.at ?? 0);
  for (const [n, { line, at }] of rows.entries()) {
    const before = rows[n - 1];
    if (!before) continue;
    const step = isNewestFirst ? before.at - at : at - before.at;
    if (step >= MINUTE_MS) continue;
    const [here, there] = [minuteText(at), minuteText(before.at)];
    if (step === 0) throw new LineFault(line, `${here} is here again, after line ${before.line}; keep one row`);
    if (step > 0)
      throw new LineFault(
        line,
        `${here} is less than a minute from ${there}; a replay takes one price a minute at most`,
      );
    const order = isNewestFirst ? ', in a file that is newest first' : '';
    throw new LineFault(line, `${here} comes after ${there}${order}; sort the rows by time`);
  }
  return isNewestFirst ? rows.toReversed() : rows;
};
