import { billQuarters } from '../facts/bill-quarters.ts';
import type { Companies } from '../facts/companies.ts';
import { presentHyperscalerSum } from '../facts/hyperscaler-sum.ts';
import type { Ledger } from '../facts/ledger.ts';
import { comingReports, type ReportDay } from '../facts/report-day.ts';
import { cloudBesideCapex, fundingLines, withoutFacts } from '../facts/who-pays.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { BASIS_POINTS, isDown, productAtMost } from '../market/compare.ts';
import type { Histories } from '../market/history.ts';
import type { Watched, Watchlist } from '../market/watchlist.ts';
import type { Alert } from '../stories/alert.ts';
import type { DigestRow, Move, SessionDigest } from '../stories/digest-story.ts';
import { dayAlerts } from './day-alerts.ts';
import { ledgerNews, type NewsWindow } from './ledger-news.ts';
import { largestFirst, moveOf, rowOf, type SymbolBars } from './moves.ts';
import { multiplesChart } from './multiples-chart.ts';
import { quarterSpan, weekSpan } from './spans.ts';

export interface DigestInput {
  readonly session: SessionDate;
  readonly watchlist: Watchlist;
  readonly calendar: Calendar;
  /** Later bars are ignored. */
  readonly histories: Pick<Histories, 'bars'>;
  readonly ledger: Ledger;
  readonly companies: Companies;
  /** As raised; alerts of other sessions are ignored. */
  readonly alerts: readonly Alert[];
  /** From the digest before to this one: what the ledger gained in between is news. */
  readonly since: NewsWindow;
  /** When the companies report next; undefined if unknown. */
  readonly reports?: readonly ReportDay[];
  readonly source: string;
  /** Whether something about a symbol's prices is not settled. Default: nothing is. */
  readonly isUnsettled?: (symbol: string) => boolean;
  readonly late?: boolean;
  readonly awaited?: SessionDate;
}

/**
 * A day is quiet if every move is smaller than this, in basis points; a move of exactly this much is not. In 2023 and
 * 2024 that was one session in six.
 */
const QUIET_MOVE_BASIS_POINTS = { stock: 200, index: 75 } as const;

/** Whether a move is at least `level` basis points up or down; in whole numbers. */
const movedBy = ({ price, previous }: Move, level: number): boolean =>
  isDown(price, previous, level) || productAtMost(previous, BASIS_POINTS + level, price, BASIS_POINTS);

/** The symbols of a digest: the watchlist without custom symbols, each with its bars up to the session. */
export const symbolBarsUpTo = (
  watchlist: Watchlist,
  histories: Pick<Histories, 'bars'>,
  session: SessionDate,
): SymbolBars[] =>
  [...watchlist.symbols.values()]
    .filter(({ custom }) => !custom)
    .map((watched) => ({ watched, bars: histories.bars(watched.symbol).filter((bar) => bar.session <= session) }));

/** Order of the rows: indexes, then sums, then companies. */
const rowRank = ({ kind, sumOf }: Watched): number => (sumOf ? 1 : kind === 'index' ? 0 : 2);

interface DigestEntry {
  readonly symbolBars: SymbolBars;
  readonly row: DigestRow;
  readonly move: Move | undefined;
}

/** Orders by the day's fall, deepest first; symbols without a change last. */
const deepestFirst = (a: DigestEntry, b: DigestEntry): number => {
  const [x, y] = [a, b].map(({ move }) => (move ? move.price / move.previous : Number.POSITIVE_INFINITY));
  if (x === y) return a.row.symbol < b.row.symbol ? -1 : 1;
  return (x ?? 0) < (y ?? 0) ? -1 : 1;
};

const inOrder = (a: DigestEntry, b: DigestEntry): number => {
  const [x, y] = [rowRank(a.symbolBars.watched), rowRank(b.symbolBars.watched)];
  return x - y || (x === 2 ? deepestFirst(a, b) : 0);
};

/** The index if its move reaches the first day level, up or down; otherwise the largest move of a company. */
const headlineOf = (
  entries: readonly DigestEntry[],
  watchlist: Watchlist,
): Pick<SessionDigest, 'headline' | 'beside'> => {
  const moves = (index: boolean): Move[] =>
    entries
      .filter(({ symbolBars: { watched } }) => !watched.sumOf && (watched.kind === 'index') === index)
      .flatMap(({ move }) => move ?? [])
      .toSorted(largestFirst);
  const [index] = moves(true);
  const [stock] = moves(false);
  const notable = index && movedBy(index, watchlist.rules.index.day[0] ?? QUIET_MOVE_BASIS_POINTS.index);
  const [headline, beside] = notable ? [index, stock] : stock ? [stock, index] : [index, undefined];
  return { ...(headline && { headline }), ...(beside && { beside }) };
};

/** Who pays for the bill of a quarter, and what it brings in. */
const paysFor = (
  ledger: Ledger,
  { four }: Companies,
  end: string,
  asOf: number,
): NonNullable<SessionDigest['pays']> => {
  const growth = cloudBesideCapex(ledger, four, end, asOf);
  return { lines: fundingLines(ledger, four, end, asOf).map(withoutFacts), ...(growth && { growth }) };
};

/** The symbols of the chart: seven companies, the day's deepest fall first, then the index. `singles` are in order. */
const chartSymbols = (singles: readonly DigestEntry[]): SymbolBars[] => {
  const of = (kind: Watched['kind'], count: number) =>
    singles
      .filter(({ symbolBars: { watched, bars } }) => watched.kind === kind && bars.length > 0)
      .slice(0, count)
      .map(({ symbolBars }) => symbolBars);
  return [...of('stock', 7), ...of('index', 1)];
};

/**
 * Builds the digest of one session from what was known at `since.asOf`; nothing later changes it. Undefined if no
 * symbol has a close of the session.
 */
export const sessionDigest = (input: DigestInput): SessionDigest | undefined => {
  const { session, watchlist, calendar, ledger, companies, since, late = false, awaited } = input;
  const hours = calendar.hours(session);
  const symbols = symbolBarsUpTo(watchlist, input.histories, session);
  const entries = symbols
    .map((symbolBars) => {
      const known = rowOf(symbolBars, session, calendar);
      const waits = !known.close && input.isUnsettled?.(known.symbol);
      const row: DigestRow = waits ? { ...known, unconfirmed: true } : known;
      return { symbolBars, row, move: moveOf(row, symbolBars) };
    })
    .sort(inOrder);
  if (!hours || entries.every(({ row }) => !row.close)) return undefined;

  const rows = entries.map(({ row }) => row);
  const ordered = entries.map(({ symbolBars }) => symbolBars);
  const singles = entries.filter(({ symbolBars }) => !symbolBars.watched.sumOf);
  const moves = singles.flatMap(({ move }) => move ?? []);
  const alerts = dayAlerts(
    watchlist,
    rows.map(({ symbol }) => symbol),
    session,
    input.alerts,
  );
  const { news, moreNews } = ledgerNews(ledger, since);
  const reports = input.reports && comingReports(input.reports, ledger, calendar.dayOf(since.asOf), since.asOf);
  const bill = presentHyperscalerSum(ledger, companies, since.asOf);
  const week = weekSpan(calendar, ordered, session);
  const quarter = quarterSpan(calendar, ordered, session);
  const byQuarter = quarter && billQuarters(ledger, companies, since.asOf);
  const isStill = singles.every(
    ({ move, symbolBars }) => move && !movedBy(move, QUIET_MOVE_BASIS_POINTS[symbolBars.watched.kind]),
  );
  const quiet = isStill && alerts.length === 0 && news.length === 0 && moreNews === 0 && !week && !quarter;
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
    ...headlineOf(entries, watchlist),
    breadth: {
      fell: moves.filter(({ price, previous }) => price < previous).length,
      rose: moves.filter(({ price, previous }) => price > previous).length,
      of: moves.length,
    },
    quiet: quiet && complete,
    alerts,
    ...(bill && { bill }),
    ...(bill && quarter && { pays: paysFor(ledger, companies, bill.quarter.end, since.asOf) }),
    ...(byQuarter && { billQuarters: byQuarter }),
    news,
    moreNews,
    ...(reports && { reports }),
    ...(week && { week }),
    ...(quarter && { quarter }),
    ...(!(quiet && complete) && { chart: multiplesChart(chartSymbols(singles)) }),
  };
};
