import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { PriceUnit } from '../market/watchlist.ts';

/** One point of a line. */
export interface Point {
  readonly session: SessionDate;
  /** Decimal price; for drawing only. */
  readonly close: number;
}

/** The closes of one symbol and the peak that their depths are measured from. */
export interface SlideSeries {
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

/**
 * Figures as the card of a picture tells them, in marks that need no language: 103.73, −23.5%. Whoever makes the card has
 * rounded them; a picture rounds nothing of its own but the steps of its axes.
 */
interface ToldFigures {
  /** What the prices of the axis are in: billions of US dollars are shown as 14.1T. */
  readonly unit: PriceUnit;
  readonly price: string;
  /** The price where there is little room, beside the axis. */
  readonly shortPrice: string;
}

/** A close that is marked, with its price and what it is below the peak of its time. */
interface ToldClose {
  readonly session: SessionDate;
  readonly price: string;
  readonly depth: string;
}

export interface SlideFigures extends ToldFigures {
  /** What the price is below the peak, or 0.0%. */
  readonly depth: string;
  /** What depths are measured from: `252D`, or `MAX` for the highest close so far. */
  readonly window: string;
  readonly peak: string;
  /** The change since the session before; absent if that is not known. */
  readonly day?: string;
  /** The lowest close of the fall that the card names, unless that is the price. */
  readonly lowest?: ToldClose;
  /** The change since that close, in place of the depth: the fall is over. */
  readonly sinceLowest?: string;
}

/** Capex by quarter, each from the day on which the last of the companies told it. */
export interface ChartBill {
  /** Whose capex is summed, as tickers. */
  readonly companies: readonly string[];
  /** How many of them are in the newest quarter: `4/4`. */
  readonly coverage: string;
  /** Oldest first, at least one. */
  readonly quarters: readonly {
    readonly from: SessionDate;
    /** `Q2` of a calendar year. */
    readonly quarter: string;
    /** In billions of US dollars: `33.4`. */
    readonly amount: string;
    /** The same in millions, for drawing only. */
    readonly millions: number;
  }[];
  /** The newest, with its unit, and its change on the year before: `$44.3B`, `+31%`. */
  readonly total: string;
  readonly change?: string;
}

/** One symbol's slide: the price above, its depth below the peak underneath, and the bill on the same time axis. */
export interface SlideChart extends SlideSeries {
  readonly figures: SlideFigures;
  readonly bill?: ChartBill;
}

export interface PriceFigures extends ToldFigures {
  /** The change since the first close, and that close. */
  readonly change: string;
  readonly first: string;
  readonly high: Omit<ToldClose, 'depth'>;
  readonly low: Omit<ToldClose, 'depth'>;
}

/** One symbol's closes over a range, the highest and the lowest marked. */
export interface PriceChart {
  readonly kind: 'price';
  readonly symbol: string;
  /** Oldest first; the last point is now. The change is measured from the first. */
  readonly points: readonly Point[];
  readonly figures: PriceFigures;
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
