import type { Revision } from '../facts/guidance.ts';
import type { HyperscalerSum } from '../facts/hyperscaler-sum.ts';
import type { ShownFact } from '../facts/related-figures.ts';
import type { ReportDay } from '../facts/report-day.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { Alert } from './alert.ts';
import type { MultiplesChart } from './chart-spec.ts';
import type { Peak, SlideStory } from './slide-story.ts';

/** One symbol of the table. */
export interface DigestRow extends Pick<SlideStory, 'symbol' | 'name' | 'unit'> {
  /** Absent where the session's close is not known. */
  readonly close?: {
    readonly price: Micros;
    /** Close of the session before; absent where that is not known. */
    readonly previous?: Micros;
    /** Highest close of 252 sessions, the session's own included. */
    readonly peak: Peak;
  };
  /** The newest close before the session, where the session's own is missing. */
  readonly last?: { readonly session: SessionDate; readonly price: Micros };
}

/** A day's change that is worth a word. */
export interface Move extends Pick<SlideStory, 'symbol' | 'name' | 'unit'> {
  readonly price: Micros;
  readonly previous: Micros;
  /**
   * The latest earlier session with as bad a day or worse; for a rise, as good or better. Null = none on record. Absent
   * where it is too near to be worth a word.
   */
  readonly since?: SessionDate | null;
  /** The first session that we have a close of; beside `since: null`. */
  readonly recordFrom?: SessionDate;
}

/** What became of each symbol between two closes. */
export interface Span {
  /** Session of the earlier close and of the later one. */
  readonly from: SessionDate;
  readonly to: SessionDate;
  readonly changes: readonly { readonly symbol: string; readonly base: Micros; readonly price: Micros }[];
}

/** A figure that came into the ledger since the last digest. */
export interface News {
  readonly shown: ShownFact;
  /** Of guidance: against what was guided before for the same period. */
  readonly revision?: Revision;
}

/** The digest of one session: what its card says, in no language and for no platform. */
export interface SessionDigest {
  readonly kind: 'digest';
  readonly symbol: '*';
  readonly of: 'session';
  readonly session: SessionDate;
  /** Epoch milliseconds of the session's closing bell. */
  readonly closedAt: number;
  readonly source: string;
  /** True where it was due earlier and could not be posted then. */
  readonly late: boolean;
  /** A later session has ended, but its closes are not known yet. */
  readonly awaited?: SessionDate;
  /** The indexes, the sums, and then the others, the day's deepest fall first. */
  readonly rows: readonly DigestRow[];
  /** The one thing that mattered; absent where no symbol has a change of the day. */
  readonly headline?: Move;
  /** The largest move of a company beside an index, and the index beside a company. */
  readonly beside?: Move;
  /** How many of the companies and indexes fell, and rose, of all that have a change of the day. */
  readonly breadth: { readonly fell: number; readonly rose: number; readonly of: number };
  /** No alert, no move of note, nothing new, nothing missing: three lines are enough. */
  readonly quiet: boolean;
  /** Of the session, by the levels of the watchlist. */
  readonly alerts: readonly Alert[];
  /** The newest quarter that all four hyperscalers have reported. */
  readonly bill?: HyperscalerSum;
  readonly news: readonly News[];
  /** New figures that are not among `news`. */
  readonly moreNews: number;
  /** The next seven days', soonest first; absent where the days are not known. */
  readonly reports?: readonly ReportDay[];
  /** On a week's last session: since the last close of the week before. */
  readonly week?: Span;
  /** On a quarter's first session: the quarter that has ended. */
  readonly quarter?: Span;
  /** Absent on a quiet day. */
  readonly chart?: MultiplesChart;
}

/** One line for a day without a session. */
export interface ClosedDigest {
  readonly kind: 'digest';
  readonly symbol: '*';
  readonly of: 'closed';
  readonly day: SessionDate;
  /** The key in calendar.yaml, or `weekend`. */
  readonly reason: string;
  readonly next: {
    readonly session: SessionDate;
    /** Epoch milliseconds of the closing bell, where it is an early one. */
    readonly earlyClose?: number;
  };
  readonly late: boolean;
}

/** A day's digest, in no language and for no platform. */
export type DigestStory = SessionDigest | ClosedDigest;
