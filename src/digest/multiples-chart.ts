import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import { YEAR_SESSIONS } from '../slides/machine.ts';
import { rollingPeaks } from '../slides/past-depths.ts';
import { closesOf } from '../slides/series.ts';
import type { MultiplesChart } from '../stories/chart-spec.ts';
import type { SymbolBars } from './moves.ts';

const MAX_PANES = 8;

/**
 * Percent from the peak (0 or negative), for drawing only. Two decimals are enough unless the value is printed as a
 * label.
 */
const depthOf = (close: Micros, peak: Micros, label: boolean): number => {
  const percent = (close / peak - 1) * 100;
  return label ? percent : Math.round(percent * 100) / 100;
};

/** How far each symbol lay below its peak of 252 sessions, over the last 252 sessions. */
export const multiplesChart = (symbols: readonly SymbolBars[]): MultiplesChart => {
  const drawn = symbols.slice(0, MAX_PANES).map(({ watched: { symbol }, bars }) => {
    const { sessions, closes } = closesOf(bars);
    const peaks = rollingPeaks(closes, YEAR_SESSIONS);
    const depths = new Map<SessionDate, number>();
    for (let at = Math.max(0, closes.length - YEAR_SESSIONS); at < closes.length; at += 1)
      depths.set(
        sessions[at] as SessionDate,
        depthOf(closes[at] as Micros, peaks[at] as Micros, at === closes.length - 1),
      );
    return { symbol, depths };
  });
  const sessions = [...new Set(drawn.flatMap(({ depths }) => [...depths.keys()]))].sort().slice(-YEAR_SESSIONS);
  return {
    kind: 'multiples',
    sessions,
    panes: drawn.map(({ symbol, depths }) => ({
      symbol,
      depths: sessions.map((session) => depths.get(session) ?? null),
    })),
  };
};
