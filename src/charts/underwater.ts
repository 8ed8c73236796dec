import type { Point } from '../stories/chart-spec.ts';

/** A point with the peak that its depth is measured from, a decimal price >= `close`. */
export interface PointBelow extends Point {
  readonly peak: number;
}

/**
 * Each point with the highest of the last `window` closes, its own included.
 *
 * `held` is the peak of the last point, and a lower bound of the peak for all points from its session on. It may be
 * before the first point, or one session outside of the window: a quote as the last point does not shift the window.
 */
export const underwater = (points: readonly Point[], window: number, held?: Point): readonly PointBelow[] => {
  /** Indices with descending closes; the first is the peak of the window. */
  const candidates: number[] = [];
  const closeAt = (index: number | undefined): number => (index === undefined ? 0 : (points[index]?.close ?? 0));

  return points.map(({ session, close }, index) => {
    while (candidates.length > 0 && closeAt(candidates.at(-1)) <= close) candidates.pop();
    candidates.push(index);
    while (index - (candidates[0] ?? index) >= Math.max(window, 1)) candidates.shift();
    const highest = closeAt(candidates[0]);
    return { session, close, peak: held && held.session <= session ? Math.max(highest, held.close) : highest };
  });
};

/** Distance below the peak: close / peak - 1, a fraction <= 0 (the sign of pandas, empyrical and ffn). */
export const depthOf = ({ close, peak }: PointBelow): number => close / peak - 1;
