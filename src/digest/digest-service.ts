import type { Ledger } from '../facts/ledger.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import type { Histories } from '../market/history.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { alertsOf } from '../store/alerts.ts';
import { readAddedAt } from '../store/filed-facts.ts';
import { readReportDays } from '../store/report-days.ts';
import type { Db } from '../store/store.ts';
import type { SessionDigest } from '../stories/digest-story.ts';
import { digestInstant } from './digest-instant.ts';
import { type DigestInput, digestOf } from './digest-of.ts';

export interface DigestServiceParts {
  readonly watchlist: Watchlist;
  readonly calendar: Calendar;
  readonly histories: Pick<Histories, 'bars'>;
  readonly ledger: () => Ledger;
  readonly db: Db;
  readonly sourceName: string;
}

/** What else a digest of a session may be told. */
export interface DigestRequest extends Pick<DigestInput, 'late' | 'awaited'> {
  /** Instant of the digest before, epoch milliseconds; absent: that of the session before, at its usual time. */
  readonly before?: number;
}

/** Digests of the running bot, from what it has in memory and in the store. */
export interface DigestService {
  /** The digest of a session as it is at `now`; undefined where none of its closes is known. @throws StoreError */
  of(session: SessionDate, now: number, telling?: DigestRequest): Promise<SessionDigest | undefined>;
  /**
   * The digest of the session that ended last. Where none of its closes is known yet, that of the last session that has
   * some, and it says so; undefined where there is none at all. @throws StoreError
   */
  latest(now: number): Promise<SessionDigest | undefined>;
  /** True where every symbol that digests tell of has its close of the session. */
  hasAll(session: SessionDate): boolean;
}

export const createDigestService = (parts: DigestServiceParts): DigestService => {
  const { watchlist, calendar, histories, db } = parts;

  const of: DigestService['of'] = async (session, now, { before, ...telling } = {}) => {
    const since = before ?? digestInstant(calendar, calendar.previous(session));
    const reports = await readReportDays(db, now);
    return digestOf({
      session,
      watchlist,
      calendar,
      histories,
      ledger: parts.ledger(),
      alerts: await alertsOf(db, session),
      since: { before: since, asOf: now, heardAt: await readAddedAt(db, since) },
      ...(reports && { reports }),
      source: parts.sourceName,
      ...telling,
    });
  };

  /** The newest session that anything has a close of. */
  const newest = (until: SessionDate): SessionDate | undefined =>
    [...watchlist.symbols.values()]
      .filter(({ custom }) => !custom)
      .flatMap(({ symbol }) => histories.bars(symbol).findLast(({ session }) => session <= until)?.session ?? [])
      .sort()
      .at(-1);

  return {
    of,
    hasAll: (session) =>
      [...watchlist.symbols.values()]
        .filter(({ custom }) => !custom)
        .every(({ symbol }) => histories.bars(symbol).findLast((bar) => bar.session <= session)?.session === session),
    latest: async (now) => {
      const ended = calendar.lastFinal(now);
      const session = newest(ended);
      if (session === undefined) return undefined;
      return of(session, now, session === ended ? {} : { awaited: ended });
    },
  };
};
