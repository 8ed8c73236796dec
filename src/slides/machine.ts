import type { SessionDate } from '../market/calendar.ts';
import type { Micros } from '../market/money.ts';
import type { Rules } from '../market/watchlist.ts';
import type { Alert, Recovery } from '../stories/alert.ts';
import type { Peak } from '../stories/slide-story.ts';
import { deepestReached, isRecovered } from './compare.ts';
import { recoveryFrom } from './recovery.ts';
import { type Closes, peakOf, worstSince } from './series.ts';
import type { Pending, SlideState, Track } from './state.ts';

/** The window that "the peak" means where no other is named, and that market value is measured from. */
export const YEAR_SESSIONS = 252;

export interface Observation {
  readonly symbol: string;
  readonly session: SessionDate;
  readonly price: Micros;
  /** Epoch milliseconds of the trade. */
  readonly tradeTime: number;
  /** True for a session's closing price: it needs no second quote to be believed. */
  readonly final: boolean;
  /** The session before, where it is known: without its close there is no change of the day. */
  readonly previousSession?: SessionDate;
}

export interface Watch {
  readonly rules: Rules;
  /** Billions of US dollars; only for a symbol that is priced in them. */
  readonly valueStep?: number;
}

const armed: Track = { disarmed: 0 };

interface Step {
  readonly track: Track;
  /** The level that fired; 0 for none. */
  readonly fired: number;
}

/** One rule's step: arms again what has recovered, then fires what is reached and, for a quote, was reached before. */
const advance = (track: Track, { final, tradeTime }: Observation, stillDisarmed: number, reached: number): Step => {
  if (reached <= stillDisarmed) {
    const unmoved = track.disarmed === stillDisarmed && track.pending === undefined;
    return { track: unmoved ? track : { disarmed: stillDisarmed }, fired: 0 };
  }
  if (final) return { track: { disarmed: reached }, fired: reached };
  const waiting: Pending = { level: reached, tradeTime };
  const before = track.pending;
  if (before === undefined || before.tradeTime === tradeTime)
    return { track: { disarmed: stillDisarmed, pending: before ?? waiting }, fired: 0 };
  const held = Math.min(before.level, reached);
  if (held <= stillDisarmed) return { track: { disarmed: stillDisarmed, pending: waiting }, fired: 0 };
  return { track: { disarmed: held, ...(reached > held && { pending: waiting }) }, fired: held };
};

const stillDisarmed = (disarmed: number, price: Micros, peak: Micros, levels: readonly number[]): number => {
  let deepest = 0;
  for (const level of levels) {
    if (level > disarmed || isRecovered(price, peak, level)) break;
    deepest = level;
  }
  return deepest;
};

/** Whole multiples of `step` billions in `lost` micro-billions. */
const steps = (lost: Micros, step: number): number => {
  const size = step * 1_000_000;
  return (lost - (lost % size)) / size;
};

/** The peak of the window, as the observation sees it: a price that nothing exceeds is its own peak. */
const peakSeen = (closes: Closes, count: number, window: number, { final, price, session }: Observation): Peak => {
  const before = peakOf(closes, count, final ? window - 1 : window);
  return before && before.price > price ? before : { price, session, sessions: 0 };
};

const from = ({ price, session, sessions }: Peak) => ({ peak: price, peakSession: session, sessions });

const above = (kept: number) => (kept > 0 ? { above: kept } : {});

export interface Observed {
  readonly state: SlideState;
  readonly alerts: Alert[];
  readonly recovery?: Recovery;
}

/**
 * Folds one observation into the state of one symbol and says which alerts it raises: at most one for each
 * drawdown window, one for value lost and one for the day; and whether a fall of the year's window has ended.
 * The rules may be those of many channels in one: the levels in (`above`, `level`] of an alert are what rules of fewer
 * levels would have fired at the same observation.
 *
 * `closes` holds final closes; the first `count` of them are those of the sessions before the observation's. A
 * quote is held against their peak, a final close against the peak of the window that it ends itself.
 * Pure; DESIGN's rules to the letter: a level fires once, disarms the shallower ones, and arms again when the
 * fall is less than half of it; a quote's crossing counts when the next quote, of another trade time, confirms it.
 */
export const observe = (
  watch: Watch,
  state: SlideState,
  closes: Closes,
  count: number,
  observation: Observation,
): Observed => {
  const { symbol, session, price, final } = observation;
  const alerts: Alert[] = [];

  let drawdown = state.drawdown;
  let { fallen } = state;
  let recovery: Recovery | undefined;
  for (const { window, levels } of watch.rules.drawdown) {
    const peak = peakSeen(closes, count, window, observation);
    const track = state.drawdown[window] ?? armed;
    const kept = stillDisarmed(track.disarmed, price, peak.price, levels);
    const next = advance(track, observation, kept, deepestReached(price, peak.price, levels));
    if (next.track !== state.drawdown[window]) drawdown = { ...drawdown, [window]: next.track };
    if (next.fired > 0)
      alerts.push({
        kind: 'drawdown',
        symbol,
        session,
        price,
        window,
        level: next.fired,
        ...above(kept),
        ...from(peak),
      });
    if (window !== YEAR_SESSIONS) continue;
    if (next.fired > (fallen?.level ?? 0)) fallen = { level: next.fired, peakSession: peak.session };
    if (!final || peak.sessions > 0) continue;
    recovery = recoveryFrom(fallen, observation, closes);
    fallen = undefined;
  }

  let value = state.value;
  if (watch.valueStep !== undefined) {
    const step = watch.valueStep;
    const peak = peakSeen(closes, count, YEAR_SESSIONS, observation);
    const lost = peak.price - price;
    const track = value ?? armed;
    const kept = Math.min(track.disarmed, steps(2 * lost, step) * step);
    const next = advance(track, observation, kept, steps(lost, step) * step);
    value = next.track;
    if (next.fired > 0)
      alerts.push({
        kind: 'value',
        symbol,
        session,
        price,
        window: YEAR_SESSIONS,
        level: next.fired,
        ...above(kept),
        ...from(peak),
      });
  }

  let day = state.day?.session === session ? state.day : undefined;
  const previous = closes.closes[count - 1];
  const { previousSession } = observation;
  const known = previousSession === undefined || closes.sessions[count - 1] === previousSession;
  if (previous !== undefined && known) {
    const track = day ?? armed;
    const next = advance(track, observation, track.disarmed, deepestReached(price, previous, watch.rules.day));
    if (next.track !== track) day = { session, ...next.track };
    if (next.fired > 0) {
      const since = worstSince(closes, count, price, previous);
      alerts.push({
        kind: 'day',
        symbol,
        session,
        price,
        level: next.fired,
        ...above(track.disarmed),
        previous,
        worstSince: since,
      });
    }
  }

  const after: { -readonly [Part in keyof SlideState]: SlideState[Part] } = { drawdown };
  const folded = final ? session : state.folded;
  if (folded !== undefined) after.folded = folded;
  if (state.joined !== undefined) after.joined = state.joined;
  if (value) after.value = value;
  if (day) after.day = day;
  if (fallen) after.fallen = fallen;
  return { state: after, alerts, ...(recovery && { recovery }) };
};
