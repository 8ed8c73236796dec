import type { Companies } from '../facts/companies.ts';
import type { Ledger } from '../facts/ledger.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import type { Histories } from '../market/history.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { alertsOf } from '../store/alerts.ts';
import { readAddedAt } from '../store/filed-facts.ts';
import { readReportDays } from '../store/report-days.ts';
import type { Db } from '../store/store.ts';
import type { SessionDigest } from '../stories/digest-story.ts';
import { usualDigestAt } from './digest-due.ts';
import { type DigestInput, sessionDigest } from './session-digest.ts';

export interface DigestServiceParts {
  readonly watchlist: Watchlist;
  readonly calendar: Calendar;
  readonly histories: Pick<Histories, 'bars'>;
  readonly ledger: () => Ledger;
  readonly companies: Companies;
  readonly db: Db;
  readonly sourceName: string;
  /** The source of a symbol's last history; undefined if that is not known. Default: `sourceName`. */
  readonly closesFrom?: (symbol: string) => string | undefined;
  readonly isUnsettled?: DigestInput['isUnsettled'];
}

/** Options of a session's digest. */
export interface DigestRequest extends Pick<DigestInput, 'late' | 'awaited'> {
  /** Instant of the digest before, epoch milliseconds; absent: the usual time of the session before. */
  readonly before?: number;
}

/** Builds digests from the closes in memory and the store. */
export interface DigestService {
  /** The digest of a session as known at `now`; undefined if none of its closes is known. @throws StoreError */
  of(session: SessionDate, now: number, request?: DigestRequest): Promise<SessionDigest | undefined>;
  /**
   * The digest of the session that ended last. If none of its closes is known yet, the digest of the last session with
   * closes, with `awaited` set; undefined if no close is known at all. @throws StoreError
   */
  latest(now: number): Promise<SessionDigest | undefined>;
  /** Whether the session's close of every symbol in digests is known. */
  hasAll(session: SessionDate): boolean;
}

export const createDigestService = (parts: DigestServiceParts): DigestService => {
  const { watchlist, calendar, histories, companies, db } = parts;

  /** "Yahoo", or "Yahoo, Tiingo". */
  const sourceOfCloses = (): string => {
    const symbols = [...watchlist.symbols.values()].filter(({ custom, sumOf }) => !custom && !sumOf);
    return [...new Set(symbols.map(({ symbol }) => parts.closesFrom?.(symbol) ?? parts.sourceName))].join(', ');
  };

  const of: DigestService['of'] = async (session, now, { before, ...request } = {}) => {
    const since = before ?? usualDigestAt(calendar, calendar.previous(session));
    const reports = await readReportDays(db, now);
    return sessionDigest({
      session,
      watchlist,
      calendar,
      histories,
      ledger: parts.ledger(),
      companies,
      alerts: await alertsOf(db, session),
      since: { before: since, asOf: now, addedAt: await readAddedAt(db, since) },
      ...(reports && { reports }),
      source: sourceOfCloses(),
      ...(parts.isUnsettled && { isUnsettled: parts.isUnsettled }),
      ...request,
    });
  };

  /** The newest session up to `until` with a close of any symbol. */
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
