import { newYorkTime } from '../../../src/market/exchange-time.ts';
import { HOUR_MS, MINUTE_MS } from '../../../src/util/durations.ts';
import { BUSY_MINUTES } from './kinds.ts';
import { calendar, SESSIONS } from './week.ts';

/** Every four minutes, and every minute after the opening bell and around the closing bell. */
export const pollsOf = (session: string): number[] => {
  const { open, close } = calendar.hours(session) ?? { open: 0, close: 0 };
  const times = [open - 10 * MINUTE_MS, open - 5 * MINUTE_MS, open - 3 * MINUTE_MS];
  for (let at = open + MINUTE_MS; at <= close + 31 * MINUTE_MS; ) {
    times.push(at);
    const isBusy = at < open + BUSY_MINUTES.first * MINUTE_MS || at >= close - BUSY_MINUTES.last * MINUTE_MS;
    at = isBusy ? at + MINUTE_MS : Math.min(at + 4 * MINUTE_MS, close - BUSY_MINUTES.last * MINUTE_MS);
  }
  for (
    let at = close + 35 * MINUTE_MS;
    at <= close + 6 * HOUR_MS;
    at += at < close + 2 * HOUR_MS ? 5 * MINUTE_MS : HOUR_MS
  )
    times.push(at);
  return times;
};

/** On Saturday and Sunday one history is compared at a poll. */
const ofWeekend = (symbols: number): number[] =>
  ['2025-06-07', '2025-06-08'].flatMap((day) =>
    Array.from({ length: symbols + 2 }, (_, n) => newYorkTime(day, '10:00') + n * 20_000),
  );

/** When the bot looks at prices, epoch milliseconds. */
export const pollTimes = (symbols: number): number[] =>
  [...SESSIONS.flatMap(pollsOf), ...ofWeekend(symbols)].toSorted((a, b) => a - b);
