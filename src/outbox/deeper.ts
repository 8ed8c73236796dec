import { changeInBasisPoints } from '../slides/compare.ts';
import type { Alert } from '../stories/alert.ts';
import type { SlideStory } from '../stories/slide-story.ts';

/** Depth below a peak says more than value lost, and that more than one day. */
const RANK = { drawdown: 0, value: 1, day: 2 } as const;

const fall = (alert: Alert): number =>
  changeInBasisPoints(alert.price, alert.kind === 'day' ? alert.previous : alert.peak);

/** Below 0 where the headline of `a` says more than that of `b`. */
export const deeperFirst = (a: SlideStory, b: SlideStory): number => {
  const [first] = a.alerts;
  const [second] = b.alerts;
  if (!first || !second) return 0;
  return RANK[first.kind] - RANK[second.kind] || fall(first) - fall(second);
};
