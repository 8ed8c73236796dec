import type { Bar, Split } from './bar.ts';
import type { SessionDate } from './calendar.ts';
import type { RawQuote } from './quote.ts';
import type { Kind } from './watchlist.ts';

/** A symbol as a source needs it: our id and the source's own ticker for it. */
export interface Listed {
  readonly symbol: string;
  readonly ticker: string;
  readonly kind?: Kind;
  /** What other sources call it, by their names in lower case. */
  readonly tickers?: Readonly<Record<string, string>>;
}

export interface Quotes {
  readonly quotes: readonly RawQuote[];
  /** Symbols asked for whose answer could not be used, with the reason in a few fixed words. */
  readonly refused: readonly { readonly symbol: string; readonly reason: string }[];
  /** Set where another source answered in place of the one that was asked, which is down. */
  readonly standIn?: { readonly source: string; readonly because: string };
}

export interface History {
  /** Oldest first, split-adjusted, one bar a session. The session now under way may be among them, unfinished. */
  readonly bars: readonly Bar[];
  readonly splits: readonly Split[];
}

/** What a source knows of a ticker that a person has typed. */
export interface FoundTicker {
  /** As the source spells it. */
  readonly ticker: string;
  readonly name: string;
  /** `other` has no sessions like a stock's (a fund, a future, an option, a currency): it cannot be watched. */
  readonly kind: Kind | 'other';
  /** ISO 4217, such as USD. */
  readonly currency: string;
  /** IANA name of the exchange's zone: what is not America/New_York has sessions that our calendar does not know. */
  readonly timeZone: string;
}

/** When a company reports next. */
export interface ReportOn {
  /** New York's day. */
  readonly day: SessionDate;
  /** True where the company has not named the day itself. */
  readonly estimated: boolean;
}

/** Where prices come from. The calls reject with SourceError and with nothing else. */
export interface Source {
  readonly name: string;
  /** The latest quote of every symbol, in one request where the source can. */
  quotes(symbols: readonly Listed[], now: number): Promise<Quotes>;
  /** Daily bars from `from` (inclusive) to now. */
  history(symbol: Listed, from: SessionDate, now: number): Promise<History>;
  /** What a second source says of symbols whose price has jumped; only where there is one, which also stands in. */
  confirm?(symbols: readonly Listed[], now: number): Promise<Quotes>;
  /** Undefined where the source knows no such ticker, or has no price of it. Only where it can be asked. */
  find?(ticker: string, now: number): Promise<FoundTicker | undefined>;
  /** Undefined where the source knows of no day. Only where it can be asked. */
  reportDay?(company: Listed, now: number): Promise<ReportOn | undefined>;
}

export type SourceFault = 'unreachable' | 'throttled' | 'refused' | 'unreadable' | 'unknown-symbol';

/** The one error a source throws: callers see "the source failed", never HTTP. */
export class SourceError extends Error {
  override readonly name = 'SourceError';
  readonly fault: SourceFault;
  readonly source: string;

  constructor(source: string, fault: SourceFault, message: string, options?: ErrorOptions) {
    super(message, options);
    this.source = source;
    this.fault = fault;
  }
}
