import type { Point } from '../stories/chart-spec.ts';

/** A point with the price that its distance is measured from: a peak, or a low for rises. */
export interface PointFrom extends Point {
  readonly base: number;
}

/**
 * Each point with the highest of the last `window` closes, its own included, or with the lowest where `from` is `low`.
 *
 * `held` is the base of the last point, and a bound of the base for all points from its session on. It may be
 * before the first point, or one session outside of the window: a quote as the last point does not shift the window.
 */
const measured = (
  points: readonly Point[],
  window: number,
  held: Point | undefined,
  from: 'peak' | 'low',
): readonly PointFrom[] => {
  const sign = from === 'peak' ? 1 : -1;
  /** Indices with closes that lead less and less; the first is the base of the window. */
  const candidates: number[] = [];
  const closeAt = (index: number | undefined): number => (index === undefined ? 0 : (points[index]?.close ?? 0));

  return points.map(({ session, close }, index) => {
    while (candidates.length > 0 && sign * closeAt(candidates.at(-1)) <= sign * close) candidates.pop();
    candidates.push(index);
    while (index - (candidates[0] ?? index) >= Math.max(window, 1)) candidates.shift();
    const extreme = closeAt(candidates[0]);
    if (!held || held.session > session) return { session, close, base: extreme };
    return { session, close, base: sign * Math.max(sign * extreme, sign * held.close) };
  });
};

/** Each point with the peak of its window, a decimal price >= `close`; see `measured`. */
export const underwater = (points: readonly Point[], window: number, peak?: Point): readonly PointFrom[] =>
  measured(points, window, peak, 'peak');

/** Each point with the lowest close of its window, a decimal price <= `close`; see `measured`. */
export const aboveLow = (points: readonly Point[], window: number, low?: Point): readonly PointFrom[] =>
  measured(points, window, low, 'low');

/** Distance from the base: close / base - 1, a fraction, <= 0 below a peak (the sign of pandas, empyrical and ffn). */
export const distanceOf = ({ close, base }: PointFrom): number => close / base - 1;
