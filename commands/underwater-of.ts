import type { PriceReading } from '../src/cards/price-reading.ts';
import { fromMicros } from '../src/market/money.ts';
import { closesWithNow } from '../src/slides/price-position.ts';
import type { Point, SlideChart } from '../src/stories/chart-spec.ts';

/** The newest `count` closes of a reading as points of a picture; the latest price is the last. */
export const pointsOf = ({ standing }: PriceReading, count = Number.POSITIVE_INFINITY): Point[] => {
  const { sessions, closes } = closesWithNow(standing);
  const from = Math.max(0, closes.length - count);
  return sessions.slice(from).map((session, at) => ({ session, close: fromMicros(closes[from + at] ?? 0) }));
};

/**
 * The picture of the last `shown` closes and of how far each lay below the peak of its last `window`. The closes of one
 * window before them come along undrawn, so that the first one shown is measured like the last.
 */
export const underwaterOf = (reading: PriceReading, window: number, peak: Point, shown: number): SlideChart => {
  const points = pointsOf(reading, shown + window);
  return {
    kind: 'slide',
    symbol: reading.watched.symbol,
    points,
    peak,
    window: Math.min(window, points.length),
    ...(points.length > shown && { shown }),
  };
};
