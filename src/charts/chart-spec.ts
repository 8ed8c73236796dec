import type { SessionDate } from '../market/calendar.ts';

export interface Point {
  readonly session: SessionDate;
  /** Decimal price; for drawing only. */
  readonly close: number;
}

/** Price above, underwater below: the picture of one symbol's slide. Plain data, so that it can be stored. */
export interface SlideChart {
  readonly kind: 'slide';
  readonly symbol: string;
  /** Oldest first; the last point is now. */
  readonly points: readonly Point[];
  readonly peak: Point;
  /** Sessions of the rolling window that the underwater line is measured in. */
  readonly window: number;
  /** The level that fired, in percent, marked in the underwater part; absent where no level did. */
  readonly level?: number;
}

/** Several symbols' falls side by side, deepest first: the picture of a roll-up. */
export interface BarsChart {
  readonly kind: 'bars';
  /** Change in percent, negative for a fall. */
  readonly bars: readonly { readonly symbol: string; readonly percent: number }[];
  readonly session: SessionDate;
}

export type ChartSpec = SlideChart | BarsChart;
