import type { Bar } from '../market/bar.ts';
import type { Calendar } from '../market/calendar.ts';
import { type FoldResult, foldBars } from '../slides/fold.ts';
import type { Watch } from '../slides/machine.ts';
import { deeperFall, deeperTrack, type SlideState } from '../slides/state.ts';

/**
 * The sessions of a first state. `joined` is the session under way at `now`, or the last one if its close is not among
 * `bars` yet: a slide in it began before anybody watched. Missing closes before it count as folded.
 */
export const startingSessions = (
  calendar: Calendar,
  bars: readonly Bar[],
  now: number,
): Pick<SlideState, 'joined' | 'folded'> => {
  const today = calendar.dayOf(now);
  const hours = calendar.hours(today);
  const begun = hours && now >= hours.open ? today : calendar.previous(today);
  const last = bars.at(-1)?.session;
  return last !== undefined && last < begun ? { joined: begun, folded: calendar.previous(begun) } : {};
};

/**
 * Folds the bars anew, up to the last folded session of `old`, without alerts. Levels that `old` has fired in the session
 * under way stay disarmed: they are percentages, which outlive a split.
 */
export const rebuild = (watch: Watch, symbol: string, bars: readonly Bar[], old: SlideState): SlideState => {
  const through = old.folded;
  const past = through === undefined ? bars : bars.filter(({ session }) => session <= through);
  const { state } = foldBars(watch, symbol, past);
  const drawdown = Object.fromEntries(
    watch.rules.drawdown.map(({ window }) => [window, deeperTrack(state.drawdown[window], old.drawdown[window])]),
  );
  const fallen = deeperFall(state.fallen, old.fallen);
  return {
    ...state,
    ...(fallen && { fallen }),
    ...(old.joined !== undefined && { joined: old.joined }),
    drawdown,
    ...(state.value && { value: deeperTrack(state.value, old.value) }),
    ...(old.day && { day: old.day }),
  };
};

/**
 * Folds the closes since the last folded session; returns the same state object if there are none. The close of the
 * session that was under way when watching began raises nothing, like its first quote.
 */
export const catchUp = (watch: Watch, symbol: string, bars: readonly Bar[], state: SlideState): FoldResult => {
  const { folded, joined } = state;
  const from = folded === undefined ? 0 : bars.findLastIndex(({ session }) => session <= folded) + 1;
  const step = foldBars(watch, symbol, bars, { state, from });
  if (joined === undefined || step.state === state || (step.state.folded ?? '') < joined) return step;
  const { joined: _, ...after } = step.state;
  const withoutJoined = <Item extends { session: string }>(items: readonly Item[]) =>
    items.filter(({ session }) => session !== joined);
  return { state: after, alerts: withoutJoined(step.alerts), recoveries: withoutJoined(step.recoveries) };
};
