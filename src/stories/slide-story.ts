import type { RelatedFigures } from '../facts/related-figures.ts';
import type { NextReport } from '../facts/report-day.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { SymbolName } from '../market/symbol-name.ts';
import type { PriceUnit } from '../market/watchlist.ts';
import type { Alert } from './alert.ts';
import type { SlideSeries } from './chart-spec.ts';

/** The highest close of a window. */
export interface Peak {
  readonly price: Micros;
  readonly session: SessionDate;
  /** Sessions since the peak's session, the observation's own included. */
  readonly sessions: number;
}

/** A price of one symbol and its close of the session before. */
export interface DayChange {
  readonly symbol: string;
  readonly price: Micros;
  readonly previous: Micros;
  /** Only of an index, and not in stories of earlier versions. */
  readonly unit?: 'points';
}

/** One symbol's fall through an alert level, with the figures related to it. */
export interface SlideStory {
  readonly kind: 'slide';
  readonly symbol: string;
  readonly name: SymbolName;
  readonly unit: PriceUnit;
  /** At least one, the headline first. */
  readonly alerts: readonly Alert[];
  readonly price: Micros;
  readonly session: SessionDate;
  /** Epoch milliseconds of the trade. */
  readonly observedAt: number;
  /** Whether `price` is the session's close. */
  readonly final: boolean;
  /** Whether the level was crossed while nobody watched. */
  readonly late: boolean;
  readonly source: string;
  readonly delayMinutes: number;
  /** Set while the source counts in another unit than its history: the price in its unit / in the history's. */
  readonly unitFactor?: number;
  /** Change since the close of the session before. `worstSince` only from the day level on; null for the worst on record. */
  readonly day?: {
    readonly previous: Micros;
    readonly worstSince?: SessionDate | null;
    /** The first session with a close: "on record" means since then. */
    readonly recordFrom: SessionDate;
    /** Earlier days as bad, if the story says since when this is the worst; from three on. */
    readonly rates?: { readonly since: SessionDate; readonly cases: number; readonly sessions: number };
  };
  /** The day's change of the index that the symbol is measured by; absent for the index itself. */
  readonly index?: DayChange;
  /** The fall after the bell of the session before that was told, if there was one: its deepest trade that was told. */
  readonly afterHours?: {
    readonly session: SessionDate;
    readonly close: Micros;
    readonly price: Micros;
    /** Epoch milliseconds. */
    readonly tradeTime: number;
  };
  /** The peak of 252 sessions, whichever window fired; absent if the price is the peak. */
  readonly peak?: Peak;
  /** Earlier falls as deep from an all-time peak. Only if `peak` is the all-time peak, and from three cases on. */
  readonly rates?: {
    /** The round depth that counts, in basis points; absent for that of the price. */
    readonly level?: number;
    readonly since: SessionDate;
    readonly cases: number;
    /** Median, from reaching this depth. */
    readonly sessionsToNewHigh: number;
  };
  /** Market value lost since `peak`, in whole US dollars; absent for an index. */
  readonly valueLost?: number;
  /** The day's change of every watched symbol, without baskets and symbols that channels have added. */
  readonly market: readonly DayChange[];
  /**
   * The watched of the basket's parts and of their index: of how many a card of several slides speaks. Absent in stories
   * of earlier versions, which speak of all in `market`.
   */
  readonly together?: readonly string[];
  /** Figures shown with the fall, as known at the trade's time. */
  readonly beside: RelatedFigures;
  /** The next report within a week, of the companies whose figures are shown. */
  readonly next?: NextReport;
  readonly chart: SlideSeries;
}
