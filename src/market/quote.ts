import type { SessionDate } from './calendar.ts';
import type { Micros } from './money.ts';

export type MarketState = 'pre' | 'regular' | 'post' | 'closed';

/** A quote as a source gave it, not judged yet. Null if the source gave no value. */
export interface RawQuote {
  readonly symbol: string;
  readonly price: Micros | null;
  /** Epoch milliseconds of the trade, not of the request. */
  readonly tradeTime: number | null;
  readonly marketState: MarketState;
  /** Delay that the source states, in minutes. */
  readonly delayMinutes: number;
  readonly source: string;
  /** The close of the session before the trade's, as the source counts it. Null if the source gave none. */
  readonly previousClose: Micros | null;
}

/** The last trade after the closing bell, and the close that it follows, as a source gave them. Not judged yet. */
export interface AfterHoursQuote {
  readonly symbol: string;
  readonly price: Micros;
  /** Epoch milliseconds of the trade. */
  readonly tradeTime: number;
  /** The last price of the session, and epoch milliseconds of its trade. */
  readonly close: Micros;
  readonly closeTime: number;
  readonly delayMinutes: number;
  readonly source: string;
}

/** A usable quote. */
export interface Quote {
  readonly symbol: string;
  readonly price: Micros;
  /** Epoch milliseconds of the trade. */
  readonly tradeTime: number;
  /** The session that the trade belongs to. */
  readonly session: SessionDate;
  readonly marketState: MarketState;
  readonly delayMinutes: number;
  readonly source: string;
}

/** A usable quote with the time it was received. */
export interface ReceivedQuote extends Quote {
  /** Epoch milliseconds when it was received. */
  readonly seenAt: number;
  /** Whether trading had gone on for minutes without a quote before it. */
  readonly afterGap: boolean;
  /** The last sudden fall that may be a wrong tick; not stored. */
  readonly stepped?: { readonly price: Micros; readonly tradeTime: number };
}
