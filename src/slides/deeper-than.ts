import type { Micros } from '../market/money.ts';
import { productAtMost } from './compare.ts';
import { rollingPeaks } from './rolling-peaks.ts';
import type { Closes } from './series.ts';

/**
 * In which percent of the sessions of `before` the close lay less far below the peak of its last `window` closes (its
 * own included; ALL_TIME for the highest ever) than `price` lies below `peak`. Sessions that were just as deep do not
 * count, so at a peak it is 0. Compared exactly. Undefined without a session.
 */
export const deeperThan = (before: Closes, window: number, price: Micros, peak: Micros): number | undefined => {
  const { closes } = before;
  if (closes.length === 0) return undefined;
  const peaks = rollingPeaks(closes, window);
  const shallower = closes.filter((close, at) => !productAtMost(close, peak, price, peaks[at] as Micros));
  return (shallower.length / closes.length) * 100;
};
