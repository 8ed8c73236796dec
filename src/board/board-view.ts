import type { Card } from '../cards/card.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { PriceUnit, SymbolName } from '../market/watchlist.ts';
import type { JobRun } from '../stories/job-run.ts';

/** One watched symbol as the table shows it. What is not known is absent, never 0. */
export interface QuoteLine {
  readonly symbol: string;
  readonly name: SymbolName;
  readonly price?: Micros;
  /** MAG7 is counted in billions of US dollars. */
  readonly unit: PriceUnit;
  /** Change since the close of the session before, in percent to one decimal. */
  readonly dayPercent?: number;
  /** Change since the peak of 252 sessions, in percent to one decimal, at most 0. */
  readonly fromPeakPercent?: number;
  readonly sessionsSincePeak?: number;
  /** Epoch milliseconds of the trade. */
  readonly at?: number;
  /** Why there is no price, or why it is not used, in a few words. */
  readonly problem?: string;
}

/** What became of a card in one channel. */
export interface BoardChannel {
  readonly platform: string;
  /** A delivery's state. */
  readonly state: string;
  readonly reason?: string;
}

export interface PostedCard {
  readonly id: number;
  readonly card: Card;
  readonly language: string;
  /** Epoch milliseconds. */
  readonly postedAt: number;
  readonly places: readonly BoardChannel[];
}

export interface Health {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly market: 'open' | 'closed';
  /** Why there are no prices, for a person: "Yahoo cannot be reached (connection refused)". */
  readonly noPricesBecause?: string;
  /** Epoch milliseconds of the newest trade. */
  readonly lastQuoteAt?: number;
  readonly nextSession?: SessionDate;
  readonly sources: readonly {
    readonly name: string;
    readonly ok: boolean;
    readonly detail?: string;
    /** Epoch milliseconds of the last try. */
    readonly at?: number;
  }[];
  readonly platforms: readonly { readonly name: string; readonly state: string; readonly detail?: string }[];
  /** Deliveries by state. */
  readonly deliveries: Readonly<Record<string, number>>;
  /** What is done by the clock: how it last went, and when it is done next. */
  readonly jobs?: readonly JobRun[];
  /** Quotes that were not used, by reason. */
  readonly refused: Readonly<Record<string, number>>;
}

/** All that the board shows. It only reads. */
export interface BoardView {
  quotes(): Promise<readonly QuoteLine[]>;
  /** The newest `limit` cards, newest first. */
  cards(limit: number): Promise<readonly PostedCard[]>;
  /** One card, however old. Without it, permalinks find the newest cards only. */
  card?(id: number): Promise<PostedCard | undefined>;
  health(): Promise<Health>;
  /** Prometheus text. */
  metrics(): Promise<string>;
}
