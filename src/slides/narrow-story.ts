import { isDown } from '../market/compare.ts';
import { fromMicros } from '../market/money.ts';
import type { Alert, DrawdownAlert } from '../stories/alert.ts';
import type { SlideStory } from '../stories/slide-story.ts';
import { headlineFirst } from './alert-kinds.ts';
import { YEAR_SESSIONS } from './machine.ts';

/** Sessions drawn for a window: the window itself, at least half a year. */
export const shownSessions = (window: number): number => Math.max(window, 126);

/** Closes of a chart of a window: those that are drawn, and one window before them, so that the first depth is measured like the last. */
export const chartedSessions = (window: number): number => shownSessions(window) + 1 + window;

/**
 * The story of some of a draft's alerts, at least one, at the same or shallower levels: what would be told if only they had
 * fired. `dayLevel` is the shallowest level of a day's fall from which all stories say "worst since", in basis points.
 */
export const narrowStory = (draft: SlideStory, alerts: readonly Alert[], dayLevel: number): SlideStory => {
  const { day, peak, price, session } = draft;
  const { level: _, ...chart } = draft.chart;
  const sorted = alerts.toSorted(headlineFirst);
  const headline = sorted.find((alert): alert is DrawdownAlert => alert.kind === 'drawdown');
  const window = headline?.window ?? YEAR_SESSIONS;
  const drawnPeak = headline ? { session: headline.peakSession, price: headline.peak } : (peak ?? { session, price });
  const saysWorst = sorted.some(({ kind }) => kind === 'day') || (day && isDown(price, day.previous, dayLevel));
  return {
    ...draft,
    alerts: sorted,
    ...(day && !saysWorst && { day: { previous: day.previous, recordFrom: day.recordFrom } }),
    chart: {
      ...chart,
      points: chart.points.slice(-chartedSessions(window)),
      shown: Math.min(chart.points.length, shownSessions(window) + 1),
      peak: { session: drawnPeak.session, close: fromMicros(drawnPeak.price) },
      window,
      ...(headline && { level: headline.level / 100 }),
    },
  };
};
