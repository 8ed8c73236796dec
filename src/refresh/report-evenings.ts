import type { ReportDay } from '../facts/report-day.ts';
import type { Calendar } from '../market/calendar.ts';
import { EXCHANGE_TIME_ZONE } from '../market/exchange-time.ts';

const DAY_MS = 24 * 3_600_000;
const SOON_MS = 15 * 60_000;

/** From the closing bell of a New York day to its midnight, epoch milliseconds. */
const eveningOf = (calendar: Calendar, day: string): readonly [from: number, to: number] => [
  calendar.hours(day)?.close ?? calendar.usualClose(day),
  Temporal.PlainDate.from(day).add({ days: 1 }).toZonedDateTime(EXCHANGE_TIME_ZONE).epochMilliseconds,
];

/**
 * When filings are to be looked at again after a look at `readAt`: a day later, and every 15 minutes on an evening on
 * which one of the companies reports. Epoch milliseconds.
 */
export const nextLook = (calendar: Calendar, reports: readonly ReportDay[], readAt: number): number => {
  const evenings = reports.flatMap(({ day }) => {
    const [from, to] = eveningOf(calendar, day);
    const next = Math.max(from, readAt + SOON_MS);
    return next < to && from > readAt - DAY_MS ? [next] : [];
  });
  return Math.min(readAt + DAY_MS, ...evenings);
};
