import type { SessionDate } from './calendar.ts';
import type { Micros } from './money.ts';

export type MarketState = 'pre' | 'regular' | 'post' | 'closed';

/** What a source says of one symbol, before the feed has judged it. Null where the source gave nothing. */
export interface RawQuote {
  readonly symbol: string;
  readonly price: Micros | null;
  /** Epoch milliseconds of the trade, never of the request. */
  readonly tradeTime: number | null;
  readonly marketState: MarketState;
  /** The source's own stated delay, in minutes. */
  readonly delayMinutes: number;
  readonly source: string;
}

/** One usable observation of the market. */
export interface Quote {
  readonly symbol: string;
  readonly price: Micros;
  /** Epoch milliseconds of the trade. */
  readonly tradeTime: number;
  /** The trading day (New York) that the trade belongs to. */
  readonly session: SessionDate;
  readonly marketState: MarketState;
  readonly delayMinutes: number;
  readonly source: string;
}

/** A quote with what we know of its arrival. */
export interface SeenQuote extends Quote {
  /** When we saw it, epoch milliseconds. */
  readonly seenAt: number;
  /** True where nobody had watched for a while before it. */
  readonly afterGap: boolean;
}
