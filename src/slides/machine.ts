import type { SessionDate } from '../market/calendar.ts';
import { deepestReached } from '../market/compare.ts';
import type { Micros } from '../market/money.ts';
import type { Rules } from '../market/watchlist.ts';
import type { Alert, DayAlert, Recovery } from '../stories/alert.ts';
import type { Peak } from '../stories/slide-story.ts';
import { advanceTrack, deepestStillDisarmed } from './advance-track.ts';
import { observePrices } from './price-levels.ts';
import { observeRises } from './rises.ts';
import { type Closes, type MeasuredPrice, peakAbove, worstSince } from './series.ts';
import { ALL_ARMED, above, type Fallen, type SlideState, type Track } from './state.ts';
import { observeWithin } from './within.ts';

/** Sessions of a year: the default window of "the peak", and the window of market value lost. */
export const YEAR_SESSIONS = 252;

/** A quote or a final close of one symbol. A final close fires without a second quote. */
export interface Observation extends MeasuredPrice {
  readonly symbol: string;
  /** Epoch milliseconds of the trade. */
  readonly tradeTime: number;
  /** The session before, if known. Without its close no day level is checked. */
  readonly previousSession?: SessionDate;
  /** Set while it is not known in which unit the price counts: nothing re-arms. */
  readonly keepsDisarmed?: boolean;
  /** Set where a price may be wrongly low: no level of a rise re-arms. */
  readonly keepsRisesDisarmed?: boolean;
  /** The earliest trade that confirms what this one reaches, epoch milliseconds; any other trade if absent. */
  readonly confirmedFrom?: number;
}

/** The rules that one symbol is watched under. */
export interface Watch {
  readonly rules: Rules;
  /** Billions of US dollars; only for a symbol that is priced in them. */
  readonly valueStep?: number;
}

export interface ObserveResult {
  readonly state: SlideState;
  readonly alerts: Alert[];
  readonly recovery?: Recovery;
}

/** What the observation of one symbol is compared with. */
export interface Context {
  readonly closes: Closes;
  readonly count: number;
  readonly observation: Observation;
}

const peakAlert = <Kind extends 'drawdown' | 'value'>(
  kind: Kind,
  { symbol, session, price }: Observation,
  fired: { readonly window: number; readonly level: number; readonly disarmed: number },
  peak: Peak,
) => ({
  kind,
  symbol,
  session,
  price,
  window: fired.window,
  level: fired.level,
  ...above(fired.disarmed),
  peak: peak.price,
  peakSession: peak.session,
  sessions: peak.sessions,
});

/** The recovery from a fall. Undefined without a fall, or if the close it fell from is no longer on record. */
const recoveryFrom = (
  fallen: Fallen | undefined,
  { symbol, session, price }: Observation,
  { sessions, closes }: Closes,
): Recovery | undefined => {
  if (fallen === undefined) return undefined;
  const { level, peakSession } = fallen;
  const peak = closes[sessions.lastIndexOf(peakSession)];
  return peak === undefined ? undefined : { symbol, session, price, level, peak, peakSession };
};

const observeDrawdowns = (rules: Rules, state: SlideState, { closes, count, observation }: Context) => {
  const { price, final, keepsDisarmed } = observation;
  const alerts: Alert[] = [];
  let { drawdown, fallen } = state;
  let recovery: Recovery | undefined;
  for (const { window, levels } of rules.drawdown) {
    const peak = peakAbove(closes, count, window, observation);
    const track = state.drawdown[window] ?? ALL_ARMED;
    const disarmed = keepsDisarmed ? track.disarmed : deepestStillDisarmed(track.disarmed, price, peak.price, levels);
    const next = advanceTrack(track, observation, disarmed, deepestReached(price, peak.price, levels));
    if (next.track !== state.drawdown[window]) drawdown = { ...drawdown, [window]: next.track };
    if (next.fired > 0) alerts.push(peakAlert('drawdown', observation, { window, level: next.fired, disarmed }, peak));
    if (window !== YEAR_SESSIONS) continue;
    if (next.fired > (fallen?.level ?? 0)) fallen = { level: next.fired, peakSession: peak.session };
    if (!final || peak.sessions > 0) continue;
    recovery = recoveryFrom(fallen, observation, closes);
    fallen = undefined;
  }
  return { alerts, drawdown, fallen, recovery };
};

/** The largest multiple of `step` billions in `lost` micro-billions, in billions. */
const wholeSteps = (lost: Micros, step: number): number => {
  const size = step * 1_000_000;
  return ((lost - (lost % size)) / size) * step;
};

const observeValue = (step: number, value: Track | undefined, { closes, count, observation }: Context) => {
  const window = YEAR_SESSIONS;
  const peak = peakAbove(closes, count, window, observation);
  const lost = peak.price - observation.price;
  const track = value ?? ALL_ARMED;
  const disarmed = observation.keepsDisarmed ? track.disarmed : Math.min(track.disarmed, wholeSteps(2 * lost, step));
  const next = advanceTrack(track, observation, disarmed, wholeSteps(lost, step));
  const alerts = next.fired > 0 ? [peakAlert('value', observation, { window, level: next.fired, disarmed }, peak)] : [];
  return { alerts, value: next.track };
};

const observeDay = (levels: readonly number[], state: SlideState, { closes, count, observation }: Context) => {
  const { symbol, session, price, previousSession } = observation;
  const day = state.day?.session === session ? state.day : undefined;
  const previous = closes.closes[count - 1];
  const isPrevious = previousSession === undefined || closes.sessions[count - 1] === previousSession;
  // The session before has no close yet: until then, what has fired in it stays disarmed.
  if (previous === undefined || !isPrevious) return { alerts: [], day: state.day };
  const track = day ?? ALL_ARMED;
  const next = advanceTrack(track, observation, track.disarmed, deepestReached(price, previous, levels));
  const fired = (): DayAlert => ({
    kind: 'day',
    symbol,
    session,
    price,
    level: next.fired,
    ...above(track.disarmed),
    previous,
    worstSince: worstSince(closes, count, price, previous),
  });
  return {
    alerts: next.fired > 0 ? [fired()] : [],
    day: next.track === track ? day : { session, ...next.track },
  };
};

/**
 * Folds one observation into the state of one symbol and returns the alerts it raises: at most one for each drawdown
 * window, one for value lost, one for the day, one for each number of minutes, one for each price, and one for each kind of
 * rise; and the recovery, if it ends a fall of the 252-session window.
 *
 * A level fires once, disarms the shallower ones, and re-arms when the fall is less than half of it. A quote's crossing
 * counts when the next quote, of another trade time, confirms it. The rules may be those of many channels in one: the
 * levels in (`above`, `level`] of an alert are what rules of fewer levels would have fired at the same observation.
 *
 * `closes` holds final closes; the first `count` of them are those of the sessions before the observation's. Pure.
 */
export const observe = (
  { rules, valueStep }: Watch,
  state: SlideState,
  closes: Closes,
  count: number,
  observation: Observation,
): ObserveResult => {
  const context: Context = { closes, count, observation };
  const depths = observeDrawdowns(rules, state, context);
  const worth =
    valueStep === undefined ? { alerts: [], value: state.value } : observeValue(valueStep, state.value, context);
  const today = observeDay(rules.day, state, context);
  const minutes = observeWithin(rules.within, state.within, observation);
  const passed = observePrices(rules.price, state.prices, observation);
  const rises = observeRises(rules, state, context, YEAR_SESSIONS);
  const folded = observation.final ? observation.session : state.folded;
  return {
    state: {
      drawdown: depths.drawdown,
      ...(folded !== undefined && { folded }),
      ...(state.joined !== undefined && { joined: state.joined }),
      ...(state.primed !== undefined && !observation.final && { primed: state.primed }),
      ...(worth.value && { value: worth.value }),
      ...(today.day && { day: today.day }),
      ...(minutes.within && { within: minutes.within }),
      ...(passed.prices && { prices: passed.prices }),
      ...(rises.rise && { rise: rises.rise }),
      ...(rises.dayRise && { dayRise: rises.dayRise }),
      ...(depths.fallen && { fallen: depths.fallen }),
    },
    alerts: [...depths.alerts, ...worth.alerts, ...today.alerts, ...minutes.alerts, ...passed.alerts, ...rises.alerts],
    ...(depths.recovery && { recovery: depths.recovery }),
  };
};
