import type { RelatedFigures } from '../facts/related-figures.ts';
import type { NextReport } from '../facts/report-day.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { Alert } from './alert.ts';
import type { SlideChart } from './chart-spec.ts';

export interface Peak {
  readonly price: Micros;
  readonly session: SessionDate;
  /** Sessions after the peak's session, the observation's own included. */
  readonly sessions: number;
}

/** Where one symbol stood, and its close of the session before. */
export interface DayChange {
  readonly symbol: string;
  readonly price: Micros;
  readonly previous: Micros;
}

/**
 * Everything that one slide's card says, in no language and for no platform. It is stored with the alert, so
 * that a card sent tomorrow, or in Korean, says what was known when the level was crossed.
 */
export interface SlideStory {
  readonly kind: 'slide';
  readonly symbol: string;
  /** How the symbol is called, by language. */
  readonly name: { readonly en: string; readonly ko: string };
  /** An index has points, a stock has dollars, MAG7 billions of dollars. */
  readonly unit: 'usd' | 'points' | 'usd-billions';
  /** Never empty; the headline first. */
  readonly alerts: readonly Alert[];
  readonly price: Micros;
  readonly session: SessionDate;
  /** Epoch milliseconds of the trade. */
  readonly observedAt: number;
  /** True for the session's closing price. */
  readonly final: boolean;
  /** True where the crossing happened while nobody watched, and is told afterwards. */
  readonly late: boolean;
  readonly source: string;
  readonly delayMinutes: number;
  /** Against the close of the session before. `worstSince` only where the day itself is an alert's matter; null = worst on record. */
  readonly day?: {
    readonly previous: Micros;
    readonly worstSince?: SessionDate | null;
    /** The first session that we have a close of: "on record" means since then. */
    readonly recordFrom: SessionDate;
  };
  /** The 252-session peak, whatever level fired; absent while the price is the peak. */
  readonly peak?: Peak;
  /**
   * How often it had fallen this far from an all-time peak before, and what came of it; only where that peak is the
   * one above, and from three cases on.
   */
  readonly rates?: {
    readonly since: SessionDate;
    readonly cases: number;
    /** Median, from reaching this depth. */
    readonly sessionsToNewHigh: number;
  };
  /** Whole US dollars of market value lost since that peak; absent for an index. */
  readonly valueLost?: number;
  /** How every watched symbol stood that day, the sums left out. */
  readonly market: readonly DayChange[];
  readonly beside: RelatedFigures;
  /** Who of those whose figures stand beside the move reports next, within a week. */
  readonly next?: NextReport;
  readonly chart: SlideChart;
}
