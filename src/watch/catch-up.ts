import type { Bar } from '../market/bar.ts';
import type { Calendar } from '../market/calendar.ts';
import { type Folded, foldBars } from '../slides/fold.ts';
import type { Watch } from '../slides/machine.ts';
import { deeperFall } from '../slides/migrate-state.ts';
import type { SlideState, Track } from '../slides/state.ts';

const deeper = (a: Track | undefined, b: Track | undefined): Track => ({
  disarmed: Math.max(a?.disarmed ?? 0, b?.disarmed ?? 0),
});

/**
 * The session under way at `now`, or the last one where its close is not among `bars` yet: a slide in it began before
 * anybody watched. Sessions before it whose closes are missing count as folded.
 */
export const startedAt = (
  calendar: Calendar,
  bars: readonly Bar[],
  now: number,
): Pick<SlideState, 'joined' | 'folded'> => {
  const today = calendar.dayOf(now);
  const opened = calendar.hours(today);
  const begun = opened && now >= opened.open ? today : calendar.previous(today);
  const last = bars.at(-1)?.session;
  return last !== undefined && last < begun ? { joined: begun, folded: calendar.previous(begun) } : {};
};

/**
 * The state that `bars` up to `through` leave, without telling anybody: what watching begins with. Levels of `old`
 * that a quote of the session under way has told already stay told; percentages outlive a split.
 */
export const rebuild = (watch: Watch, symbol: string, bars: readonly Bar[], old?: SlideState): SlideState => {
  const through = old?.folded;
  const past = through === undefined ? bars : bars.filter(({ session }) => session <= through);
  const { state } = foldBars(watch, symbol, past);
  if (old === undefined) return state;
  const drawdown = Object.fromEntries(
    watch.rules.drawdown.map(({ window }) => [window, deeper(state.drawdown[window], old.drawdown[window])]),
  );
  const fallen = deeperFall(state.fallen, old.fallen);
  return {
    ...state,
    ...(fallen && { fallen }),
    ...(old.joined !== undefined && { joined: old.joined }),
    drawdown,
    ...(state.value && { value: deeper(state.value, old.value) }),
    ...(old.day && { day: old.day }),
  };
};

/**
 * Folds the closes that came since the state was last brought up to date; the very state where none did. The close of
 * the session that was under way when watching began is taken as it is, like its first quote.
 */
export const catchUp = (watch: Watch, symbol: string, bars: readonly Bar[], state: SlideState): Folded => {
  const { folded, joined } = state;
  const from = folded === undefined ? 0 : bars.findLastIndex(({ session }) => session <= folded) + 1;
  const step = foldBars(watch, symbol, bars, { state, from });
  if (joined === undefined || step.state === state || (step.state.folded ?? '') < joined) return step;
  const { joined: _, ...watched } = step.state;
  const after = <Told extends { session: string }>(told: readonly Told[]) =>
    told.filter(({ session }) => session !== joined);
  return { state: watched, alerts: after(step.alerts), recoveries: after(step.recoveries) };
};
