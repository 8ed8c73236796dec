import type { Bar } from '../market/bar.ts';
import { fromMicros } from '../market/money.ts';
import type { Watched } from '../market/watchlist.ts';
import type { Recovery } from '../stories/alert.ts';
import type { RecoveryStory } from '../stories/recovery-story.ts';
import { YEAR_SESSIONS } from './machine.ts';
import { unitOf } from './unit-of.ts';

/** Sessions that are drawn at least, and before the peak. */
const SHOWN = 126;
const LEAD_IN = 20;

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

/** Tells the end of a fall as a story: from which peak, how deep it went, and how long it took. */
export const buildRecoveryStory = ({ watched, recovery, bars, ...told }: RecoveryStoryInput): RecoveryStory => {
  const { symbol, session, price, level, peak, peakSession } = recovery;
  const from = bars.findLastIndex((bar) => bar.session === peakSession);
  const between = bars.slice(from + 1);
  const lowest = between.toSorted((a, b) => a.close - b.close)[0];
  const sessions = between.length;
  const points = bars
    .slice(-(Math.max(SHOWN, sessions + LEAD_IN) + YEAR_SESSIONS))
    .map((bar) => ({ session: bar.session, close: fromMicros(bar.close) }));
  return {
    kind: 'recovery',
    symbol,
    name: watched.name,
    unit: unitOf(watched),
    price,
    session,
    ...told,
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
      shown: Math.min(points.length, Math.max(SHOWN, sessions + LEAD_IN)),
    },
  };
};
