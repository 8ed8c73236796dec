import type { Bar } from '../market/bar.ts';
import type { SessionDate } from '../market/calendar.ts';
import { closeSource } from '../market/speakers.ts';
import type { Watched } from '../market/watchlist.ts';
import { buildRecoveryStory } from '../slides/build-recovery-story.ts';
import { foldBars } from '../slides/fold.ts';
import type { SlideState } from '../slides/state.ts';
import type { ToldAlert } from '../store/alerts.ts';
import type { Alert, Recovery } from '../stories/alert.ts';
import type { RecoveryStory } from '../stories/recovery-story.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { catchUp, refold, startingSessions } from './catch-up.ts';
import type { AlertObservation, RaisedAlerts } from './enqueue-alerts.ts';
import type { Withdrawal } from './enqueue-withdrawal.ts';
import { findWithdrawn } from './find-withdrawn.ts';
import type { WatchParts } from './watch-parts.ts';
import { type WatchState, watchOf } from './watch-state.ts';

/** A close that is folded later than this after the bell counts as missed when it happened. */
const LATE_AFTER_MS = 45 * MINUTE_MS;

const isCloseLate = (closedAt: number, now: number): boolean => now - closedAt > LATE_AFTER_MS;

/** The close of a session as the observation of its alerts. */
const closeObservation = (
  { calendar, source }: WatchParts,
  bars: readonly Bar[],
  alerts: readonly [Alert, ...Alert[]],
  now: number,
): AlertObservation => {
  const [{ symbol, price, session }] = alerts;
  const tradeTime = calendar.hours(session)?.close ?? now;
  return {
    alerts,
    quote: { price, session, tradeTime, delayMinutes: 0, source: closeSource(source, symbol) },
    final: true,
    late: isCloseLate(tradeTime, now),
    before: bars.filter((bar) => bar.session < session),
  };
};

const recoveryStoryOf = (
  { calendar, source }: WatchParts,
  watched: Watched,
  recovery: Recovery,
  bars: readonly Bar[],
  now: number,
): RecoveryStory => {
  const observedAt = calendar.hours(recovery.session)?.close ?? now;
  return buildRecoveryStory({
    watched,
    recovery,
    bars: bars.filter(({ session }) => session <= recovery.session),
    observedAt,
    late: isCloseLate(observedAt, now),
    source: closeSource(source, watched.symbol),
  });
};

export interface FoldedCloses {
  /** States that have changed, by symbol. */
  readonly states: ReadonlyMap<string, SlideState>;
  readonly raised: readonly RaisedAlerts[];
  readonly recovered: readonly RecoveryStory[];
  readonly withdrawn: readonly Withdrawal[];
}

/** What a history pass has changed, apart from new closes. */
export interface HistoryChanges {
  /** Symbols whose whole series is another one. */
  readonly replaced: ReadonlySet<string>;
  /** The first session to fold again, by symbol, because its close has changed or was in doubt. */
  readonly again: ReadonlyMap<string, SessionDate>;
  /** Alerts of the symbols with new or changed bars, and of their baskets, that have fired and stand. */
  readonly told: readonly ToldAlert[];
  /** The bars before the change, of symbols that are folded again and of their baskets. */
  readonly previous: ReadonlyMap<string, readonly Bar[]>;
}

/**
 * Folds every symbol's new closes into its state. States of symbols whose bars were `replaced` are folded anew; so are
 * those of symbols to fold `again`, of which what was not told yet is raised, too, and those with alerts that were false.
 */
export const foldCloses = (
  parts: WatchParts,
  memory: WatchState,
  { replaced, again, told, previous }: HistoryChanges,
  now: number,
): FoldedCloses => {
  const { calendar } = parts;
  const states = new Map<string, SlideState>();
  const raised: RaisedAlerts[] = [];
  const recovered: RecoveryStory[] = [];
  const withdrawn: Withdrawal[] = [];
  const today = calendar.dayOf(now);
  for (const watched of parts.watchlist.symbols.values()) {
    const { symbol } = watched;
    const bars = memory.histories.bars(symbol);
    const old = memory.states.get(symbol);
    const watch = watchOf(memory, symbol);
    if (bars.length === 0 || !watch) continue;
    if (old === undefined) {
      const { state } = foldBars(watch, symbol, bars, { calendar });
      states.set(symbol, { ...state, ...startingSessions(parts.calendar, bars, now) });
      continue;
    }
    const untrue = findWithdrawn(watch, symbol, bars, told, today, calendar);
    withdrawn.push(...untrue.map((it) => ({ ...it, watched })));
    const parted = [symbol, ...(watched.sumOf ?? [])];
    const [from] = [...parted.flatMap((it) => again.get(it) ?? []), ...untrue.map(({ session }) => session)].toSorted();
    const standing = told.filter((it) => !untrue.some(({ told: ofSession }) => ofSession.includes(it)));
    const isReplaced = parted.some((it) => replaced.has(it));
    const { state, alerts, recoveries } =
      isReplaced || from !== undefined
        ? refold(watch, symbol, bars, old, { from, told: standing, previous: previous.get(symbol) ?? [], calendar })
        : catchUp(watch, symbol, bars, old, calendar);
    if (state === old) continue;
    states.set(symbol, state);
    const observations = Map.groupBy(alerts, ({ session }) => session)
      .values()
      .map((ofSession) => closeObservation(parts, bars, ofSession as [Alert, ...Alert[]], now));
    if (alerts.length > 0) raised.push({ watched, alerts, observations: [...observations] });
    const recovery = recoveries.at(-1);
    if (recovery) recovered.push(recoveryStoryOf(parts, watched, recovery, bars, now));
  }
  return { states, raised, recovered, withdrawn };
};
