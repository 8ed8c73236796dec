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
  /** How many of the last points are drawn; the earlier ones only say how deep the first of them lay. All, where absent. */
  readonly shown?: number;
}

/** One symbol's closes over a range, the highest and the lowest of them marked. */
export interface PriceChart {
  readonly kind: 'price';
  readonly symbol: string;
  /** Oldest first; the last point is now, and the change is measured from the first. */
  readonly points: readonly Point[];
}

/** Several symbols from one day on, each 100 on that day. */
export interface CompareChart {
  readonly kind: 'compare';
  /** The one that was asked for: its line stands out, and the heading is about it. */
  readonly symbol: string;
  /** Oldest first; the last is now. */
  readonly sessions: readonly SessionDate[];
  /** At most eight, always in the same order, for it chooses the colours. One value for each session, 100 at the first. */
  readonly lines: readonly { readonly symbol: string; readonly values: readonly number[] }[];
}

/** Several symbols' falls side by side, deepest first: the picture of a roll-up. */
export interface BarsChart {
  readonly kind: 'bars';
  /** Change in percent, negative for a fall. */
  readonly bars: readonly { readonly symbol: string; readonly percent: number }[];
  readonly session: SessionDate;
}

/** One figure by quarter: the picture of a company's bill. */
export interface QuartersChart {
  readonly kind: 'quarters';
  readonly symbol: string;
  /** Oldest first. */
  readonly quarters: readonly {
    /** Last day of the quarter. */
    readonly end: SessionDate;
    /** US dollars; absent where not disclosed. */
    readonly value?: number;
    /** Change against the same quarter of the year before. */
    readonly yoyPercent?: number;
  }[];
}

/** How far several symbols lay below their peaks, one small pane for each, all on one scale: the picture of a digest. */
export interface MultiplesChart {
  readonly kind: 'multiples';
  /** Oldest first; the last is the one that the digest tells of. */
  readonly sessions: readonly SessionDate[];
  /** At most eight, in reading order. */
  readonly panes: readonly {
    readonly symbol: string;
    /** Percent below the peak, <= 0, one for each session; null where there is no close. */
    readonly depths: readonly (number | null)[];
  }[];
}

export type ChartSpec = SlideChart | BarsChart | PriceChart | CompareChart | QuartersChart | MultiplesChart;
