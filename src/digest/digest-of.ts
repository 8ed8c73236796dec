import { newestHyperscalerSum } from '../facts/hyperscaler-sum.ts';
import type { Ledger } from '../facts/ledger.ts';
import { comingReports, type ReportDay } from '../facts/report-day.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import type { Histories } from '../market/history.ts';
import type { Watched, Watchlist } from '../market/watchlist.ts';
import { BASIS_POINTS, isDown, productAtMost } from '../slides/compare.ts';
import type { Alert } from '../stories/alert.ts';
import type { DigestRow, Move, SessionDigest } from '../stories/digest-story.ts';
import { dayAlerts } from './day-alerts.ts';
import { ledgerNews, type Since } from './ledger-news.ts';
import { largestFirst, moveOf, type Record, rowOf } from './moves.ts';
import { multiplesOf } from './multiples-of.ts';
import { quarterSpan, weekSpan } from './spans.ts';

export interface DigestInput {
  readonly session: SessionDate;
  readonly watchlist: Watchlist;
  readonly calendar: Calendar;
  /** What is later than the session is not looked at. */
  readonly histories: Pick<Histories, 'bars'>;
  readonly ledger: Ledger;
  /** As they were raised; those of other sessions are not looked at. */
  readonly alerts: readonly Alert[];
  /** The digest's own instant and that of the one before: what the ledger has brought in between is new. */
  readonly since: Since;
  /** When the companies report next; undefined where nobody knows. */
  readonly reports?: readonly ReportDay[];
  readonly source: string;
  readonly late?: boolean;
  readonly awaited?: SessionDate;
}

/**
 * A move of less than this, in basis points, is none: on one session in six of 2023 and 2024 no company and no
 * index moved further. A move of exactly this much is one.
 */
export const QUIET_MOVE_BASIS_POINTS = { stock: 200, index: 75 } as const;

/** At least `level` basis points either way, decided on whole numbers. */
const movedBy = ({ price, previous }: Move, level: number): boolean =>
  isDown(price, previous, level) || productAtMost(previous, BASIS_POINTS + level, price, BASIS_POINTS);

/** What a digest is about: all that is watched for everybody, each up to the session. */
export const recordsUpTo = (watchlist: Watchlist, histories: Pick<Histories, 'bars'>, session: SessionDate): Record[] =>
  [...watchlist.symbols.values()]
    .filter(({ custom }) => !custom)
    .map((watched) => ({ watched, bars: histories.bars(watched.symbol).filter((bar) => bar.session <= session) }));

/** Indexes, then sums, then companies. */
const rank = ({ kind, sumOf }: Watched): number => (sumOf ? 1 : kind === 'index' ? 0 : 2);

interface Told {
  readonly record: Record;
  readonly row: DigestRow;
  readonly move: Move | undefined;
}

/** The day's fall, deepest first; those without one last. */
const deepestFirst = (a: Told, b: Told): number => {
  const [x, y] = [a, b].map(({ move }) => (move ? move.price / move.previous : Number.POSITIVE_INFINITY));
  if (x === y) return a.row.symbol < b.row.symbol ? -1 : 1;
  return (x ?? 0) < (y ?? 0) ? -1 : 1;
};

const inOrder = (a: Told, b: Told): number => {
  const [x, y] = [rank(a.record.watched), rank(b.record.watched)];
  return x - y || (x === 2 ? deepestFirst(a, b) : 0);
};

/** The index where its day alone would be an alert's matter, or a rise as large; otherwise the largest move of all. */
const headlineOf = (told: readonly Told[], watchlist: Watchlist): Pick<SessionDigest, 'headline' | 'beside'> => {
  const moves = (index: boolean): Move[] =>
    told
      .filter(({ record: { watched } }) => !watched.sumOf && (watched.kind === 'index') === index)
      .flatMap(({ move }) => move ?? [])
      .toSorted(largestFirst);
  const [index] = moves(true);
  const [stock] = moves(false);
  const notable = index && movedBy(index, watchlist.rules.index.day[0] ?? QUIET_MOVE_BASIS_POINTS.index);
  const [headline, beside] = notable ? [index, stock] : stock ? [stock, index] : [index, undefined];
  return { ...(headline && { headline }), ...(beside && { beside }) };
};

/** The companies by their depth below the peak, the deepest first, then the index: eight panes. */
const inPanes = (singles: readonly Told[]): Record[] => {
  const depth = ({ row: { close } }: Told): number => (close ? close.price / close.peak.price : 1);
  const of = (kind: Watched['kind'], count: number) =>
    singles
      .filter(({ record: { watched, bars } }) => watched.kind === kind && bars.length > 0)
      .toSorted((a, b) => depth(a) - depth(b))
      .slice(0, count)
      .map(({ record }) => record);
  return [...of('stock', 7), ...of('index', 1)];
};

/**
 * The digest of one session, from what was known at `since.asOf`; nothing that comes later changes it. Undefined where
 * no symbol has a close of the session.
 */
export const digestOf = (input: DigestInput): SessionDigest | undefined => {
  const { session, watchlist, calendar, ledger, since, late = false, awaited } = input;
  const hours = calendar.hours(session);
  const records = recordsUpTo(watchlist, input.histories, session);
  const told = records
    .map((record) => {
      const row = rowOf(record, session, calendar);
      return { record, row, move: moveOf(row, record) };
    })
    .sort(inOrder);
  if (!hours || told.every(({ row }) => !row.close)) return undefined;

  const rows = told.map(({ row }) => row);
  const sorted = told.map(({ record }) => record);
  const singles = told.filter(({ record }) => !record.watched.sumOf);
  const moves = singles.flatMap(({ move }) => move ?? []);
  const alerts = dayAlerts(
    watchlist,
    rows.map(({ symbol }) => symbol),
    session,
    input.alerts,
  );
  const { news, moreNews } = ledgerNews(ledger, since);
  const reports = input.reports && comingReports(input.reports, ledger, calendar.dayOf(since.asOf), since.asOf);
  const bill = newestHyperscalerSum(ledger, since.asOf);
  const week = weekSpan(calendar, sorted, session);
  const quarter = quarterSpan(calendar, sorted, session);
  const still = singles.every(
    ({ move, record }) => move && !movedBy(move, QUIET_MOVE_BASIS_POINTS[record.watched.kind]),
  );
  const quiet = still && alerts.length === 0 && news.length === 0 && moreNews === 0 && !week && !quarter;
  const complete = rows.every(({ close }) => close !== undefined) && awaited === undefined;
  return {
    kind: 'digest',
    symbol: '*',
    of: 'session',
    session,
    closedAt: hours.close,
    source: input.source,
    late,
    ...(awaited !== undefined && { awaited }),
    rows,
    ...headlineOf(told, watchlist),
    breadth: {
      fell: moves.filter(({ price, previous }) => price < previous).length,
      rose: moves.filter(({ price, previous }) => price > previous).length,
      of: moves.length,
    },
    quiet: quiet && complete,
    alerts,
    ...(bill && { bill }),
    news,
    moreNews,
    ...(reports && { reports }),
    ...(week && { week }),
    ...(quarter && { quarter }),
    ...(!(quiet && complete) && { chart: multiplesOf(inPanes(singles)) }),
  };
};
