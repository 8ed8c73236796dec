import type { SessionDate } from '../market/calendar.ts';
import { type Micros, toMicros } from '../market/money.ts';
import type { SlideStory } from '../stories/slide-story.ts';

/** The close that a rise stands above, on its card and in its picture. */
export interface RiseLow {
  readonly price: Micros;
  readonly session: SessionDate;
  /** Sessions since then. */
  readonly sessions: number;
  /** Sessions of which it is the lowest close. */
  readonly window: number;
  /** Percent; absent if no level above a low fired. */
  readonly level?: number;
}

/** What a rise is measured from: the low that fired, else the lowest close of the chart's window. */
export const lowOfRise = ({ chart, alerts }: SlideStory): RiseLow => {
  const rise = alerts.find((alert) => alert.kind === 'rise');
  if (rise) {
    const { low, lowSession, sessions, window, level } = rise;
    return { price: low, session: lowSession, sessions, window, level: level / 100 };
  }
  const points = chart.points.slice(-chart.window);
  const { session, close } = points.reduce((low, point) => (point.close <= low.close ? point : low), chart.peak);
  const at = points.findIndex((point) => point.session === session);
  return { price: toMicros(close), session, sessions: points.length - 1 - at, window: chart.window };
};
