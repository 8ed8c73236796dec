import type { SessionDate } from '../market/calendar.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { DayTone } from './day-tone.ts';
import type { Tone } from './tone.ts';

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
  /** What the price is below the peak, or 0.0%; of a rise, what it is above the low. */
  readonly depth: string;
  /** What depths are measured from: `252D`, or `MAX` for the highest close so far. */
  readonly window: string;
  /** What the price is measured from: the peak, or the low of a rise. */
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
  /** Of a rise: the lowest close that it is measured from, in the place of the peak. The picture is mirrored. */
  readonly low?: Point;
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
  /** How long the sessions are, in marks that need no language: `1Y`. */
  readonly range?: string;
  /** Oldest first; the last is now. */
  readonly sessions: readonly SessionDate[];
  /** At most eight. */
  readonly lines: readonly {
    readonly symbol: string;
    /** One a session, 100 at the first; for drawing only. */
    readonly values: readonly number[];
    /** The change over all sessions, as the card rounds it. */
    readonly percent: number;
  }[];
}

/** A symbol's move of one day. */
interface DayMove {
  readonly symbol: string;
  /** As the card rounds it, negative for a fall. */
  readonly percent: number;
  readonly tone: DayTone;
}

/** Several symbols' moves of one day as bars: the picture of a roll-up card. */
export interface BarsChart {
  readonly kind: 'bars';
  readonly session: SessionDate;
  /** How many fell, or rose on a card about rises, of how many, as the card counts them. */
  readonly moved: { readonly way: 'down' | 'up'; readonly count: number; readonly of: number };
  /** The worst first. */
  readonly companies: readonly DayMove[];
  /** Indexes and sums of the companies. */
  readonly references: readonly DayMove[];
}

/** Quarterly capex as columns, and its share of operating cash flow as a line: the picture of the bill. */
export interface BillChart {
  readonly kind: 'bill';
  /** From the bottom of a column to its top: the four, or one company. */
  readonly symbols: readonly string[];
  /** Of the totals: billions (the default) or millions of USD. */
  readonly unit?: 'B' | 'M';
  /** Oldest first, none left out. */
  readonly quarters: readonly {
    /** `2024 Q2`, or the month in which it ends, if that is not a calendar quarter: `2024-07`. */
    readonly name: string;
    /** Millions of USD, in the order of `symbols`; null for what was not told. For drawing only. */
    readonly parts: readonly (number | null)[];
    /** In `unit` as text, of a quarter that all have told: `52.9`. One that only some have told is drawn unfinished. */
    readonly total?: string;
    /** Percent of operating cash flow as the card rounds it; absent if it is not known of all. */
    readonly share?: number;
  }[];
  /** The newest quarter that all have told, as the card rounds it: `$52.9B`, and percent. */
  readonly newest: { readonly amount: string; readonly yoy?: number; readonly share?: number };
  /** Capex guidance over several quarters. */
  readonly guidance?: {
    /** As the card has it: `$37–40B`. */
    readonly amount: string;
    /** Indices of its first and its last quarter; those after the newest are not drawn as columns. */
    readonly from: number;
    readonly to: number;
    /** Millions of USD for one quarter of it; one is absent for a bound that was not given. */
    readonly low?: number;
    readonly high?: number;
  };
}

/** Capex and cloud revenue by quarter, side by side: what is spent on AI, and the revenue that includes what it brings in. */
export interface ReturnChart {
  readonly kind: 'return';
  /** Of the revenue, from the bottom of a column to its top. */
  readonly symbols: readonly string[];
  /** Oldest first. */
  readonly quarters: readonly {
    /** `2024 Q2`. */
    readonly name: string;
    /** Millions of USD; for drawing only. */
    readonly capex: number;
    readonly parts: readonly number[];
    /** Billions of USD as text. */
    readonly spent: string;
    readonly revenue: string;
    /** Whether a company counts differently from here on, so that the columns before do not compare. */
    readonly recast?: boolean;
  }[];
  /** The newest quarter, as the card rounds it; without the companies' amounts if the card has newer ones. */
  readonly newest: { readonly spent: string; readonly yoy?: number; readonly amounts?: readonly string[] };
  /** AI revenue at a year's pace, as the card rounds it: `$37B`. */
  readonly pace: readonly { readonly symbol: string; readonly amount: string }[];
}

/** Several symbols' day and their depths below their peaks, a small tile each: the picture of a digest. */
export interface MultiplesChart {
  readonly kind: 'multiples';
  /** Oldest first; the last is the digest's session. */
  readonly sessions: readonly SessionDate[];
  /** How many fell and rose of how many, as the card counts them. */
  readonly breadth?: { readonly fell: number; readonly rose: number; readonly of: number };
  /** At most eight, in reading order. */
  readonly panes: readonly {
    readonly symbol: string;
    /** Whether it is an index: none of the companies, but what they are compared with. */
    readonly reference?: boolean;
    /** Percent from the peak, <= 0, one for each session; null without a close. For drawing only. */
    readonly depths: readonly (number | null)[];
    /** The deepest of them, in whole percent. */
    readonly deepest?: number;
    /** The move of the last session, as the card rounds it; absent if it is not known. */
    readonly day?: Omit<DayMove, 'symbol'>;
    /** The last depth, as the card rounds it; absent without a close. */
    readonly latest?: { readonly percent: number; readonly tone: Tone };
  }[];
  /** Drawn below, on a quarter's first session. */
  readonly bill?: BillChart;
}

/** What a chart shows. Plain data, so that it can be stored with a story. */
export type ChartSpec = SlideChart | BarsChart | PriceChart | CompareChart | MultiplesChart | BillChart | ReturnChart;
