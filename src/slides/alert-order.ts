import type { Alert } from '../stories/alert.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { changeInBasisPoints } from './compare.ts';

/** A depth below a peak says more than market value lost, and that more than one day's fall. */
const KIND_RANK = { drawdown: 0, value: 1, day: 2 } as const;

/** In basis points, at most 0: from the close before for a day alert, else from the peak. */
const fallOf = (alert: Alert): number =>
  changeInBasisPoints(alert.price, alert.kind === 'day' ? alert.previous : alert.peak);

/** Sort order: by kind, then the deepest fall first. */
const deeperAlertFirst = (a: Alert, b: Alert): number => KIND_RANK[a.kind] - KIND_RANK[b.kind] || fallOf(a) - fallOf(b);

/** Sort order of one observation's alerts: by kind, then the deepest fall, then the longest window first. */
export const headlineFirst = (a: Alert, b: Alert): number =>
  deeperAlertFirst(a, b) || (a.kind === 'drawdown' && b.kind === 'drawdown' ? b.window - a.window : 0);

/** Sort order of stories by their headlines: by kind, then the deepest fall first. */
export const deeperStoryFirst = (a: SlideStory, b: SlideStory): number => {
  const [first] = a.alerts;
  const [second] = b.alerts;
  return first && second ? deeperAlertFirst(first, second) : 0;
};
