import type { Bar } from '../market/bar.ts';
import { deepestReached } from '../market/compare.ts';
import { MINUTE_MS } from '../util/durations.ts';
import { foldBars, primeState } from './fold.ts';
import type { Observation, Watch } from './machine.ts';
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
    const track = known && state.drawdown[window];
    const reached = fresh.drawdown[window]?.disarmed ?? 0;
    const disarmed = disarmedAfter(track?.disarmed ?? 0, reached, known ?? [], levels);
    if (track || disarmed > 0) drawdown[window] = { ...track, disarmed };
  }
  const { day: _, value: __, fallen: ___, within: ____, prices: _____, ...rest } = state;
  const prices = keptPrices(state.prices, watch.rules.price);
  const within = withinUnder(before, watch, state.within, live);
  const fallen = deeperFall(state.fallen, fresh.fallen);
  const value = before.valueStep === watch.valueStep ? state.value : fresh.value;
  const freshDay = fresh.day && addsLevel(before.rules.day, watch.rules.day) ? fresh.day : undefined;
  const oldDay = state.day?.session === (freshDay?.session ?? state.day?.session) ? state.day : undefined;
  const day = freshDay
    ? {
        ...oldDay,
        session: freshDay.session,
        disarmed: disarmedAfter(oldDay?.disarmed ?? 0, freshDay.disarmed, before.rules.day, watch.rules.day),
      }
    : state.day;
  return {
    ...rest,
    drawdown,
    ...(value && { value }),
    ...(day && { day }),
    ...(fallen && { fallen }),
    ...(within && { within }),
    ...(prices && { prices }),
  };
};
