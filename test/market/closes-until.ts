import type { Bar } from '../../src/market/bar.ts';
import type { SessionDate } from '../../src/market/calendar.ts';
import { loadCalendar } from '../../src/market/load-calendar.ts';
import { toMicros } from '../../src/market/money.ts';

const calendar = loadCalendar();

export const barOf = (session: SessionDate, close: number): Bar => {
  const price = toMicros(close);
  return { session, open: price, high: price, low: price, close: price, volume: 0 };
};

/** Bars with these closes of the sessions up to `last`. */
export const closesUntil = (last: SessionDate, closes: readonly number[]): Bar[] => {
  let session = last;
  return closes
    .toReversed()
    .map((close) => {
      const bar = barOf(session, close);
      session = calendar.previous(session);
      return bar;
    })
    .toReversed();
};
