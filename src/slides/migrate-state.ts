import type { Bar } from '../market/bar.ts';
import { deepestReached } from '../market/compare.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { foldBars, primeState } from './fold.ts';
import { type Observation, type Watch, YEAR_SESSIONS } from './machine.ts';
import { keptPrices } from './price-levels.ts';
import { closesOf } from './series.ts';
import { deeperFall, type SlideState, type Track, type WithinState } from './state.ts';
import { highSince } from './within.ts';

/**
 * The deepest disarmed level under changed levels: a new level that is already reached is disarmed. A new level deeper
 * than an armed old one stays armed, since the old one may be pending: both fire with the quote that confirms it.
 */
const disarmedAfter = (
  disarmed: number,
  reached: number,
  before: readonly number[],
  levels: readonly number[],
): number => {
  const firstArmed = before.find((level) => level > disarmed && levels.includes(level)) ?? Number.POSITIVE_INFINITY;
  const gained = levels.findLast((level) => level <= reached && level < firstArmed && !before.includes(level));
  return Math.max(disarmed, gained ?? 0);
};

const addsLevel = (before: readonly number[], levels: readonly number[]): boolean =>
  levels.some((level) => !before.includes(level));

/** The state as if the rules had always been these: closes folded first, then the last quote. */
const stateFromScratch = (
  watch: Watch,
  symbol: string,
  past: readonly Bar[],
  quote: Observation | undefined,
): SlideState => {
  const { state } = foldBars(watch, symbol, past);
  return quote ? primeState(watch, state, closesOf(past), past.length, quote) : state;
};

/** A track under changed levels; undefined if nothing of it is disarmed or pending. `reached`: what closes and the last quote have disarmed of them. */
const trackUnder = (
  track: Track | undefined,
  reached: number,
  before: readonly number[],
  levels: readonly number[],
): Track | undefined => {
  const disarmed = disarmedAfter(track?.disarmed ?? 0, reached, before, levels);
  return track || disarmed > 0 ? { ...track, disarmed } : undefined;
};

/** What has fired in a session, under changed levels. */
const dayUnder = (
  state: SlideState['day'],
  fresh: SlideState['day'],
  before: readonly number[],
  levels: readonly number[],
): SlideState['day'] => {
  if (!fresh || !addsLevel(before, levels)) return state;
  const old = state?.session === fresh.session ? state : undefined;
  const disarmed = disarmedAfter(old?.disarmed ?? 0, fresh.disarmed, before, levels);
  return { ...old, session: fresh.session, disarmed };
};

/** What rises have fired, under changed levels; of rules that have ended, nothing. */
const risesUnder = (
  { rules: before }: Watch,
  { rules }: Watch,
  state: SlideState,
  fresh: SlideState,
): Pick<SlideState, 'rise' | 'dayRise'> => {
  const rise = rules.rise && trackUnder(state.rise, fresh.rise?.disarmed ?? 0, before.rise ?? [], rules.rise);
  const dayRise = rules.dayRise && dayUnder(state.dayRise, fresh.dayRise, before.dayRise ?? [], rules.dayRise);
  return { ...(rise && { rise }), ...(dayRise && { dayRise }) };
};

/** What falls within minutes have fired; a new level that the last quote has reached is disarmed. */
const withinUnder = (
  before: Watch,
  { rules }: Watch,
  state: WithinState | undefined,
  quote: Observation | undefined,
): WithinState | undefined => {
  if (!state || !rules.within) return undefined;
  const tracks: Record<number, Track> = {};
  for (const { minutes, levels } of rules.within) {
    const known = before.rules.within?.find((rule) => rule.minutes === minutes)?.levels ?? [];
    const track = state.tracks[minutes];
    const high = quote && highSince(state.highs, quote.tradeTime - minutes * MINUTE_MS)?.[1];
    const reached = quote?.session === state.session && high ? deepestReached(quote.price, high, levels) : 0;
    const disarmed = disarmedAfter(track?.disarmed ?? 0, reached, known, levels);
    if (track || disarmed > 0) tracks[minutes] = { ...track, disarmed };
  }
  return { ...state, tracks };
};

/**
 * Puts a state under changed rules without alerts: new levels that the closes or the last quote have already reached are
 * disarmed; old levels keep their state, pending crossings included; removed levels need nothing. `bars` are final, oldest
 * first; `quote` is the last one.
 */
export const migrateState = (
  before: Watch,
  watch: Watch,
  symbol: string,
  bars: readonly Bar[],
  state: SlideState,
  quote?: Observation,
): SlideState => {
  const { folded } = state;
  const past = folded === undefined ? [] : bars.filter(({ session }) => session <= folded);
  const live = quote && quote.session > (folded ?? '') ? quote : undefined;
  const fresh = stateFromScratch(watch, symbol, past, live);
  const drawdown: Record<number, Track> = {};
  for (const { window, levels } of watch.rules.drawdown) {
    const known = before.rules.drawdown.find((rule) => rule.window === window)?.levels;
    const reached = fresh.drawdown[window]?.disarmed ?? 0;
    const track = trackUnder(known && state.drawdown[window], reached, known ?? [], levels);
    if (track) drawdown[window] = track;
  }
  const { joined, primed } = state;
  const prices = keptPrices(state.prices, watch.rules.price);
  const within = withinUnder(before, watch, state.within, live);
  // A fall that waits for its confirmation is none yet: its quote may be a wrong one, and nothing has fallen.
  const isSure = state.drawdown[YEAR_SESSIONS]?.pending === undefined;
  const fallen = deeperFall(state.fallen, isSure ? fresh.fallen : foldBars(watch, symbol, past).state.fallen);
  const value = before.valueStep === watch.valueStep ? state.value : fresh.value;
  const day = dayUnder(state.day, fresh.day, before.rules.day, watch.rules.day);
  return {
    drawdown,
    ...(folded !== undefined && { folded }),
    ...(joined !== undefined && { joined }),
    ...(primed !== undefined && { primed }),
    ...(value && { value }),
    ...(day && { day }),
    ...(fallen && { fallen }),
    ...(within && { within }),
    ...(prices && { prices }),
    ...risesUnder(before, watch, state, fresh),
  };
};
