import type { BillQuarters } from '../facts/bill-quarters.ts';
import type { Revision } from '../facts/guidance.ts';
import type { HyperscalerSum } from '../facts/hyperscaler-sum.ts';
import type { ReportDay } from '../facts/report-day.ts';
import type { ShownFact } from '../facts/shown-fact.ts';
import type { CloudBesideCapex, FundingLine } from '../facts/who-pays.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { Alert } from './alert.ts';
import type { MultiplesChart } from './chart-spec.ts';
import type { Peak, SlideStory } from './slide-story.ts';

/** One symbol of a digest's table. */
export interface DigestRow extends Pick<SlideStory, 'symbol' | 'name' | 'unit'> {
  /** Absent if the session's close is not known. */
  readonly close?: {
    readonly price: Micros;
    /** Close of the session before; absent if not known. */
    readonly previous?: Micros;
    /** The peak of 252 sessions, the session's own close included. */
    readonly peak: Peak;
  };
  /** Set if there is a close of the session, or quotes of it, that are not believed yet. */
  readonly unconfirmed?: true;
  /** The newest close before the session, if the session's own is missing. */
  readonly last?: { readonly session: SessionDate; readonly price: Micros };
}

/** A day's change that the digest mentions. */
export interface Move extends Pick<SlideStory, 'symbol' | 'name' | 'unit'> {
  readonly price: Micros;
  readonly previous: Micros;
  /**
   * The latest earlier session with as bad a day or worse (for a rise: as good or better); null for none on record.
   * Absent if it is too recent to mention.
   */
  readonly since?: SessionDate | null;
  /** The first session with a close; only with `since: null`. */
  readonly recordFrom?: SessionDate;
}

/** Change of each symbol between two closes. */
export interface Span {
  /** Sessions of the earlier and of the later close. */
  readonly from: SessionDate;
  readonly to: SessionDate;
  readonly changes: readonly { readonly symbol: string; readonly base: Micros; readonly price: Micros }[];
}

/** A figure that is new in the ledger since the last digest. */
export interface News {
  readonly shown: ShownFact;
  /** For guidance: its change from the earlier guidance for the same period. */
  readonly revision?: Revision;
}

/** The digest of one session. */
export interface SessionDigest {
  readonly kind: 'digest';
  readonly symbol: '*';
  readonly of: 'session';
  readonly session: SessionDate;
  /** Epoch milliseconds of the session's closing bell. */
  readonly closedAt: number;
  readonly source: string;
  /** Whether it was due earlier and could not be posted then. */
  readonly late: boolean;
  /** A later session that has ended, but whose closes are not known yet. */
  readonly awaited?: SessionDate;
  /** Indexes, then baskets, then the others with the day's deepest fall first. */
  readonly rows: readonly DigestRow[];
  /** The main move; absent if no symbol has a change of the day. */
  readonly headline?: Move;
  /** A second move: the largest of a company if the headline is an index, the index if it is a company. */
  readonly beside?: Move;
  /** How many companies and indexes fell and rose, of those with a change of the day. */
  readonly breadth: { readonly fell: number; readonly rose: number; readonly of: number };
  /** Whether nothing happened (no alert, no notable move, no news) and nothing is missing: the card has three lines. */
  readonly quiet: boolean;
  /** The session's alerts by the levels of the watchlist. */
  readonly alerts: readonly Alert[];
  /** Capex of the newest quarter that all four hyperscalers have reported. */
  readonly bill?: HyperscalerSum;
  /** On a quarter's first session: who pays for the bill, and what it brings in. */
  readonly pays?: { readonly lines: readonly FundingLine[]; readonly growth?: CloudBesideCapex };
  /** On a quarter's first session: the bill by quarter, for the picture. */
  readonly billQuarters?: BillQuarters;
  readonly news: readonly News[];
  /** Number of new figures that are not in `news`. */
  readonly moreNews: number;
  /** Report days of the next seven days, soonest first; absent if not known. */
  readonly reports?: readonly ReportDay[];
  /** On a week's last session: since the last close of the week before. */
  readonly week?: Span;
  /** On a quarter's first session: the quarter that has ended. */
  readonly quarter?: Span;
  /** Absent on a quiet day. */
  readonly chart?: MultiplesChart;
}

/** The digest of a day without a session: one line. */
export interface ClosedDigest {
  readonly kind: 'digest';
  readonly symbol: '*';
  readonly of: 'closed';
  readonly day: SessionDate;
  /** The key in calendar.yaml, or `weekend`. */
  readonly reason: string;
  readonly next: {
    readonly session: SessionDate;
    /** Epoch milliseconds of the closing bell, only if it is early. */
    readonly earlyClose?: number;
  };
  readonly late: boolean;
}

/** A day's digest. */
export type DigestStory = SessionDigest | ClosedDigest;
