import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';

/** One point of a line. */
export interface Point {
  readonly session: SessionDate;
  /** Decimal price; for drawing only. */
  readonly close: number;
}

/** One symbol's slide: the price above, its depth below the peak underneath. */
export interface SlideChart {
  readonly kind: 'slide';
  readonly symbol: string;
  /** Oldest first; the last point is now. */
  readonly points: readonly Point[];
  readonly peak: Point;
  /** Sessions of the rolling window that the depth is measured in. */
  readonly window: number;
  /** The level that fired, in percent; absent for none. */
  readonly level?: number;
  /** How many of the last points are drawn, all if absent. The earlier ones only serve to measure depths. */
  readonly shown?: number;
}

/** One symbol's closes over a range, the highest and the lowest marked. */
export interface PriceChart {
  readonly kind: 'price';
  readonly symbol: string;
  /** Oldest first; the last point is now. The change is measured from the first. */
  readonly points: readonly Point[];
}

/** Several symbols compared from one day on, each 100 on that day. */
export interface CompareChart {
  readonly kind: 'compare';
  /** The symbol that was asked for: its line is emphasised, and the heading names it. */
  readonly symbol: string;
  /** Oldest first; the last is now. */
  readonly sessions: readonly SessionDate[];
  /** At most eight, always in the same order, which sets the colours. */
  readonly lines: readonly {
    readonly symbol: string;
    /** One a session, 100 at the first. */
    readonly values: readonly number[];
    /** The first and the last close. */
    readonly base: Micros;
    readonly price: Micros;
  }[];
}

/** Several symbols' falls as bars, deepest first: the picture of a roll-up card. */
export interface BarsChart {
  readonly kind: 'bars';
  readonly bars: readonly {
    readonly symbol: string;
    /** Change from `previous` to `price` in percent, negative for a fall. */
    readonly percent: number;
    readonly price: Micros;
    readonly previous: Micros;
  }[];
  readonly session: SessionDate;
}

/** One figure of a company by quarter. */
export interface QuartersChart {
  readonly kind: 'quarters';
  readonly symbol: string;
  /** Oldest first. */
  readonly quarters: readonly {
    /** Last day of the quarter. */
    readonly end: SessionDate;
    /** US dollars; absent if not disclosed. */
    readonly value?: number;
    /** Change from the same quarter of the year before. */
    readonly yoyPercent?: number;
  }[];
}

/** Several symbols' depths below their peaks, one small pane each on one scale: the picture of a digest. */
export interface MultiplesChart {
  readonly kind: 'multiples';
  /** Oldest first; the last is the digest's session. */
  readonly sessions: readonly SessionDate[];
  /** At most eight, in reading order. */
  readonly panes: readonly {
    readonly symbol: string;
    /** Percent from the peak, <= 0, one for each session; null without a close. */
    readonly depths: readonly (number | null)[];
    /** What the last depth is made of, for its colour; absent without a close. */
    readonly latest?: { readonly price: Micros; readonly peak: Micros };
  }[];
}

/** What a chart shows. Plain data, so that it can be stored with a story. */
export type ChartSpec = SlideChart | BarsChart | PriceChart | CompareChart | QuartersChart | MultiplesChart;
