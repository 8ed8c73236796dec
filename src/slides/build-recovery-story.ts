import type { Bar } from '../market/bar.ts';
import { fromMicros } from '../market/money.ts';
import { unitOf, type Watched } from '../market/watchlist.ts';
import type { Recovery } from '../stories/alert.ts';
import type { RecoveryStory } from '../stories/recovery-story.ts';
import { YEAR_SESSIONS } from './machine.ts';

/** The chart shows at least half a year, and at least a month before the peak. */
const MIN_SHOWN_SESSIONS = 126;
const SESSIONS_BEFORE_PEAK = 20;

export interface RecoveryStoryInput {
  readonly watched: Watched;
  readonly recovery: Recovery;
  /** Final bars up to the recovery's own, oldest first. */
  readonly bars: readonly Bar[];
  /** Epoch milliseconds of the close. */
  readonly observedAt: number;
  readonly late: boolean;
  readonly source: string;
}

/** Builds the story of the end of a fall: from which peak, how deep it went, how long it took. */
export const buildRecoveryStory = ({ watched, recovery, bars, ...rest }: RecoveryStoryInput): RecoveryStory => {
  const { symbol, session, price, level, peak, peakSession } = recovery;
  const from = bars.findLastIndex((bar) => bar.session === peakSession);
  const between = bars.slice(from + 1);
  const lowest = between.toSorted((a, b) => a.close - b.close)[0];
  const sessions = between.length;
  const shown = Math.max(MIN_SHOWN_SESSIONS, sessions + SESSIONS_BEFORE_PEAK);
  const points = bars
    .slice(-(shown + YEAR_SESSIONS))
    .map((bar) => ({ session: bar.session, close: fromMicros(bar.close) }));
  return {
    kind: 'recovery',
    symbol,
    name: watched.name,
    unit: unitOf(watched),
    price,
    session,
    ...rest,
    level,
    peak: { price: peak, session: peakSession },
    trough: { price: lowest?.close ?? price, session: lowest?.session ?? session },
    sessions,
    chart: {
      kind: 'slide',
      symbol,
      points,
      peak: { session: peakSession, close: fromMicros(peak) },
      window: YEAR_SESSIONS,
      shown: Math.min(points.length, shown),
    },
  };
};
