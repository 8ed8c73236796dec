import type { PriceReading } from '../src/cards/price-reading.ts';
import { fromMicros } from '../src/market/money.ts';
import { closesWithNow } from '../src/slides/price-position.ts';
import type { Point, SlideSeries } from '../src/stories/chart-spec.ts';

/** The newest `count` closes of a reading as points of a chart; the last is the latest price. */
export const chartPoints = ({ standing }: PriceReading, count = Number.POSITIVE_INFINITY): Point[] => {
  const { sessions, closes } = closesWithNow(standing);
  const from = Math.max(0, closes.length - count);
  return sessions.slice(from).map((session, at) => ({ session, close: fromMicros(closes[from + at] ?? 0) }));
};

/**
 * A chart of the last `shown` closes and their depths below the peak of the last `window` sessions (ALL_TIME for the highest
 * so far). It includes one window of earlier closes, which are not drawn, so that the first depth is measured like the last.
 */
export const underwaterChart = (reading: PriceReading, window: number, peak: Point, shown: number): SlideSeries => {
  const points = chartPoints(reading, shown + window);
  return {
    kind: 'slide',
    symbol: reading.watched.symbol,
    points,
    peak,
    window: Math.min(window, points.length),
    ...(points.length > shown && { shown }),
  };
};
