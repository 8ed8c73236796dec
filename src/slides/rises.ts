import { deepestReached, isFallenBack, isUp } from '../market/compare.ts';
import type { Rules } from '../market/watchlist.ts';
import type { Alert, DayRiseAlert, RiseAlert } from '../stories/alert.ts';
import { advanceTrack, deepestStillDisarmed } from './advance-track.ts';
import type { Context, Watch } from './machine.ts';
import { bestSince, lowBelow } from './series.ts';
import { ALL_ARMED, above, type SlideState, type Track } from './state.ts';

/** Rules without those of rises, whose states stay as they are. */
export const withoutRises = (watch: Watch): Watch => {
  const { rise, dayRise, ...rules } = watch.rules;
  return rise || dayRise ? { ...watch, rules } : watch;
};

/** Rises from the low of a window: as a drawdown, upside down. A level re-arms where the rise is less than half of it. */
const observeFromLow = (
  levels: readonly number[],
  track: Track,
  { closes, count, observation }: Context,
  window: number,
): { readonly alerts: RiseAlert[]; readonly rise: Track } => {
  const { symbol, session, price, keepsRisesDisarmed } = observation;
  const low = lowBelow(closes, count, window, observation);
  const disarmed = keepsRisesDisarmed
    ? track.disarmed
    : deepestStillDisarmed(track.disarmed, price, low.price, levels, isFallenBack);
  const next = advanceTrack(track, observation, disarmed, deepestReached(price, low.price, levels, isUp));
  if (next.fired === 0) return { alerts: [], rise: next.track };
  const alert: RiseAlert = {
    kind: 'rise',
    symbol,
    session,
    price,
    window,
    level: next.fired,
    ...above(disarmed),
    low: low.price,
    lowSession: low.session,
    sessions: low.sessions,
  };
  return { alerts: [alert], rise: next.track };
};

/** Rises from the close of the session before: each level once a session. */
const observeOfDay = (
  levels: readonly number[],
  state: SlideState['dayRise'],
  { closes, count, observation }: Context,
): { readonly alerts: DayRiseAlert[]; readonly dayRise: SlideState['dayRise'] } => {
  const { symbol, session, price, previousSession } = observation;
  const previous = closes.closes[count - 1];
  const isPrevious = previousSession === undefined || closes.sessions[count - 1] === previousSession;
  if (previous === undefined || !isPrevious) return { alerts: [], dayRise: state };
  const today = state?.session === session ? state : undefined;
  const track = today ?? ALL_ARMED;
  const next = advanceTrack(track, observation, track.disarmed, deepestReached(price, previous, levels, isUp));
  const dayRise = next.track === track ? today : { session, ...next.track };
  if (next.fired === 0) return { alerts: [], dayRise };
  const alert: DayRiseAlert = {
    kind: 'day-rise',
    symbol,
    session,
    price,
    level: next.fired,
    ...above(track.disarmed),
    previous,
    bestSince: bestSince(closes, count, price, previous),
  };
  return { alerts: [alert], dayRise };
};

/** Folds an observation into the rises of its symbol, those from the low of `window` sessions. Without such rules their state stays as it is. */
export const observeRises = (
  { rise: levels, dayRise: dayLevels }: Rules,
  state: SlideState,
  context: Context,
  window: number,
): { readonly alerts: Alert[] } & Pick<SlideState, 'rise' | 'dayRise'> => {
  const { rise, alerts } = levels
    ? observeFromLow(levels, state.rise ?? ALL_ARMED, context, window)
    : { rise: state.rise, alerts: [] };
  const { dayRise, alerts: ofDay } = dayLevels
    ? observeOfDay(dayLevels, state.dayRise, context)
    : { dayRise: state.dayRise, alerts: [] };
  return { alerts: [...alerts, ...ofDay], ...(rise && { rise }), ...(dayRise && { dayRise }) };
};
