import { YEAR_SESSIONS } from '../../slides/machine.ts';
import { ALL_TIME } from '../../slides/price-position.ts';

/** A stretch of time that a chart shows, and the window that its depths are measured in. Both in sessions. */
export interface ChartRange {
  readonly id: string;
  readonly sessions: number;
  readonly window: number;
}

/** A year and less are measured as the alerts are; longer ones from the highest close so far. */
export const CHART_RANGES: readonly ChartRange[] = [
  { id: '1M', sessions: 21, window: YEAR_SESSIONS },
  { id: '6M', sessions: 126, window: YEAR_SESSIONS },
  { id: '1Y', sessions: YEAR_SESSIONS, window: YEAR_SESSIONS },
  { id: '5Y', sessions: 5 * YEAR_SESSIONS, window: ALL_TIME },
  { id: 'All', sessions: ALL_TIME, window: ALL_TIME },
];

const YEAR = CHART_RANGES[2] as ChartRange;

/** The range named in a query; a year for anything unknown. */
export const rangeOf = (id: string | undefined): ChartRange => CHART_RANGES.find((range) => range.id === id) ?? YEAR;
