import type { Bar } from '../market/bar.ts';
import { foldBars, primeState } from './fold.ts';
import type { Observation, Watch } from './machine.ts';
import { closesOf } from './series.ts';
import type { Fallen, SlideState, Track } from './state.ts';

/** The deeper of two falls. */
export const deeperFall = (a: Fallen | undefined, b: Fallen | undefined): Fallen | undefined =>
  (b?.level ?? 0) > (a?.level ?? 0) ? b : a;

/**
 * The deepest of the levels that are new and reached already. One that lies below an armed level of before stays armed
 * with it: that has not been told yet, and is told with the quote that confirms it.
 */
const adopted = (disarmed: number, reached: number, before: readonly number[], levels: readonly number[]): number => {
  const firstArmed = before.find((level) => level > disarmed && levels.includes(level)) ?? Number.POSITIVE_INFINITY;
  const gained = levels.findLast((level) => level <= reached && level < firstArmed && !before.includes(level));
  return Math.max(disarmed, gained ?? 0);
};

const isNew = (before: readonly number[], levels: readonly number[]): boolean =>
  levels.some((level) => !before.includes(level));

/** What the state would be had the rules always been these, and had nobody been told: closes first, then the last quote. */
const untold = (watch: Watch, symbol: string, past: readonly Bar[], quote: Observation | undefined): SlideState => {
  const { state } = foldBars(watch, symbol, past);
  return quote ? primeState(watch, state, closesOf(past), past.length, quote) : state;
};

/**
 * Brings a state under other rules, in silence: of levels that are new, those that the closes or the last quote have
 * reached already are disarmed, and whatever is known of the levels of before stays, with crossings that wait for their
 * second quote. Levels that are gone need nothing. `bars` are final, oldest first; `quote` is the last one seen.
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
  const fresh = untold(watch, symbol, past, live);
  const drawdown: Record<number, Track> = {};
  for (const { window, levels } of watch.rules.drawdown) {
    const known = before.rules.drawdown.find((rule) => rule.window === window)?.levels;
    const track = known && state.drawdown[window];
    const reached = fresh.drawdown[window]?.disarmed ?? 0;
    const disarmed = adopted(track?.disarmed ?? 0, reached, known ?? [], levels);
    if (track || disarmed > 0) drawdown[window] = { ...track, disarmed };
  }
  const { day: _, value: __, fallen: ___, ...rest } = state;
  const fallen = deeperFall(state.fallen, fresh.fallen);
  const value = before.valueStep === watch.valueStep ? state.value : fresh.value;
  const today = fresh.day && isNew(before.rules.day, watch.rules.day) ? fresh.day : undefined;
  const told = state.day?.session === (today?.session ?? state.day?.session) ? state.day : undefined;
  const day = today
    ? {
        ...told,
        session: today.session,
        disarmed: adopted(told?.disarmed ?? 0, today.disarmed, before.rules.day, watch.rules.day),
      }
    : state.day;
  return { ...rest, drawdown, ...(value && { value }), ...(day && { day }), ...(fallen && { fallen }) };
};
