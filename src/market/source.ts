import { HostError, type HostErrorDetails, type HostFault } from '../http/host-error.ts';
import type { Bar, Split } from './bar.ts';
import type { SessionDate } from './calendar.ts';
import type { AfterHoursQuote, RawQuote } from './quote.ts';
import type { Kind } from './watchlist.ts';

/** A symbol to ask a source for: our symbol and the source's ticker for it. */
export interface Listed {
  readonly symbol: string;
  readonly ticker: string;
  readonly kind?: Kind;
  /** Tickers at all sources, by source name in lower case. */
  readonly tickers?: Readonly<Record<string, string>>;
  /** Shares for one, by session, of splits that a history must be divided by. */
  readonly splits?: Readonly<Record<SessionDate, number>>;
}

/** A source's answer to a request for quotes. */
export interface Quotes {
  readonly quotes: readonly RawQuote[];
  /** Requested symbols without a usable answer, each with a reason in a few fixed words. */
  readonly refused: readonly { readonly symbol: string; readonly reason: string }[];
}

/** A source's answer to a request for daily bars. */
export interface History {
  /** Oldest first, split-adjusted, one bar a session. May include the session under way, unfinished. */
  readonly bars: readonly Bar[];
  readonly splits: readonly Split[];
  /** Name of the backup that gave it because the sources before it failed. */
  readonly standIn?: string;
}

/** A source's answer to a ticker that a person has typed. */
export interface FoundTicker {
  /** As the source spells it. */
  readonly ticker: string;
  readonly name: string;
  /** `other` (a fund, a future, an option, a currency) cannot be watched: its sessions are not those of stocks. */
  readonly kind: Kind | 'other';
  /** ISO 4217, such as USD. */
  readonly currency: string;
  /** IANA name of the ticker's exchange. Only EXCHANGE_TIME_ZONE can be watched: the calendar knows no other sessions. */
  readonly timeZone: string;
}

/** A ticker that nobody watches, with its quote. */
export interface AnyTickerAnswer {
  readonly found: FoundTicker;
  /** Not judged. Absent if it cannot be read. */
  readonly quote?: RawQuote;
}

/**
 * Asks about tickers that nobody watches, apart from the polls: what fails here pauses nothing there, while a pause there
 * holds here, too. No backup is asked.
 */
export interface AnyTicker {
  /** Undefined if the source does not know the ticker or has no price of it. */
  look(ticker: string, now: number): Promise<AnyTickerAnswer | undefined>;
  /** Daily bars, the whole history. */
  history(ticker: string, now: number): Promise<History>;
}

/** The day a company reports next. */
export interface ReportOn {
  /** New York day. */
  readonly day: SessionDate;
  /** Whether the source estimated the day: the company has not announced it. */
  readonly estimated: boolean;
}

/** A quarter's figures as Yahoo passes them on, in millions of USD. Figures that Yahoo lacks are absent. */
export interface FundamentalsQuarter {
  /** The end of the month that the quarter ends with, or nearly so. */
  readonly end: SessionDate;
  /** Cash capex, as a positive number. */
  readonly capex?: number;
  readonly operatingCashFlow?: number;
  readonly revenue?: number;
  readonly researchAndDevelopment?: number;
}

/** What a source can be asked for, and how often if it stands in for another. */
export interface Offer {
  readonly quotes: readonly Kind[];
  readonly histories: readonly Kind[];
  /** Whether its quotes carry the previous close, without which they confirm nothing. */
  readonly previousCloses: boolean;
  /** Least milliseconds between two requests about one symbol. */
  readonly quoteEveryMs: number;
  readonly historyEveryMs: number;
}

/** A source that has failed since it last answered. */
export interface Failing {
  readonly source: string;
  readonly fault: HostFault;
  /** The failure's message. */
  readonly because: string;
  /** Epoch milliseconds. */
  readonly since: number;
}

/** Which of several sources speaks, for quotes or for histories. */
export interface Speakers {
  /** The source of each symbol's last answer; a symbol that none could answer is absent. */
  readonly bySymbol: ReadonlyMap<string, string>;
  /** In order of preference. */
  readonly failing: readonly Failing[];
}

/** Several sources behind one. */
export interface SourceList {
  /** Names, in order of preference. */
  readonly names: readonly string[];
  readonly quotes: Speakers;
  readonly histories: Speakers;
}

/** A price source. Its calls reject with SourceError only. */
export interface Source {
  readonly name: string;
  /** Absent for a source that gives everything. */
  readonly offer?: Offer;
  /** The latest quote of every symbol, in one request if the source allows that. */
  quotes(symbols: readonly Listed[], now: number): Promise<Quotes>;
  /** Daily bars from `from` (inclusive) to now. */
  history(symbol: Listed, from: SessionDate, now: number): Promise<History>;
  /**
   * The last trades after the bell of those symbols that trade now, in one request. Absent if the source has none. No backup
   * is asked.
   */
  afterHours?(symbols: readonly Listed[], now: number): Promise<readonly AfterHoursQuote[]>;
  /** Which source speaks. Absent without a backup. */
  speakers?(): SourceList;
  /** Quotes of another source than the one that speaks, to confirm prices that have jumped. Absent without a backup. */
  confirm?(symbols: readonly Listed[], now: number): Promise<Quotes>;
  /** Undefined if the source does not know the ticker or has no price of it. Absent if the source cannot look tickers up. */
  find?(ticker: string, now: number): Promise<FoundTicker | undefined>;
  /** Absent if the source cannot look tickers up. */
  readonly anyTicker?: AnyTicker;
  /** Undefined if the source knows no day. Absent if the source has no report days. */
  reportDay?(company: Listed, now: number): Promise<ReportOn | undefined>;
}

export type SourceFault = HostFault | 'unknown-symbol';

/** The only error a source throws; callers never see HTTP errors. */
export class SourceError extends HostError<SourceFault> {
  override readonly name = 'SourceError';
  readonly source: string;

  constructor(source: string, fault: SourceFault, message: string, details?: HostErrorDetails) {
    super(fault, message, details);
    this.source = source;
  }
}
