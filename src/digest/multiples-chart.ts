import { changePercent } from '../i18n/percent.ts';
import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { rollingPeaks } from '../slides/past-depths.ts';
import { closesOf } from '../slides/series.ts';
import type { MultiplesChart } from '../stories/chart-spec.ts';
import type { SymbolBars } from './moves.ts';

const MAX_PANES = 8;

/** Percent from the peak (0 or negative), for drawing only: two decimals are enough. */
const depthOf = (close: Micros, peak: Micros): number => Math.round((close / peak - 1) * 10_000) / 100;

/** Index of the deepest close below its peak among the last 252. */
const deepestAt = (closes: readonly Micros[], peaks: readonly Micros[]): number | undefined =>
  closes
    .map((close, at) => ({ at, depth: close / (peaks[at] ?? close) }))
    .slice(-YEAR_SESSIONS)
    .toSorted((a, b) => a.depth - b.depth)[0]?.at;

/** How far each symbol lay below its peak of 252 sessions, over the last 252 sessions. */
export const multiplesChart = (symbols: readonly SymbolBars[]): MultiplesChart => {
  const drawn = symbols.slice(0, MAX_PANES).map(({ watched: { symbol }, bars }) => {
    const { sessions, closes } = closesOf(bars);
    const peaks = rollingPeaks(closes, YEAR_SESSIONS);
    const depths = new Map<SessionDate, number>();
    for (let at = Math.max(0, closes.length - YEAR_SESSIONS); at < closes.length; at += 1)
      depths.set(sessions[at] as SessionDate, depthOf(closes[at] as Micros, peaks[at] as Micros));
    const lowest = deepestAt(closes, peaks);
    const deepest = lowest === undefined ? 0 : changePercent(closes[lowest] as Micros, peaks[lowest] as Micros, 0);
    return { symbol, depths, deepest };
  });
  const sessions = [...new Set(drawn.flatMap(({ depths }) => [...depths.keys()]))].sort().slice(-YEAR_SESSIONS);
  return {
    kind: 'multiples',
    sessions,
    panes: drawn.map(({ symbol, depths, deepest }) => ({
      symbol,
      deepest,
      depths: sessions.map((session) => depths.get(session) ?? null),
    })),
  };
};
