import type { Bar } from '../market/bar.ts';
import { isWithin } from '../market/basis.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { windowOf } from '../slides/alert-kinds.ts';
import { type FoldResult, foldBars } from '../slides/fold.ts';
import { type Watch, YEAR_SESSIONS } from '../slides/machine.ts';
import { deeperFall, deeperTrack, type SlideState, type Track, type WithinState } from '../slides/state.ts';
import type { ToldAlert } from '../store/alerts.ts';
import type { Alert } from '../stories/alert.ts';

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

/** The rises that are not looked at, because the unit of the prices is in doubt. */
const keptRises = ({ rise }: SlideState): Pick<SlideState, 'rise'> => (rise ? { rise } : {});

/** What has fired within minutes of a session stays so; its prices may have been of another unit. */
const withoutHighs = (within: WithinState): WithinState => ({ ...within, highs: [] });

/**
 * Folds the bars anew, up to the last folded session of `old`, without alerts. Levels that `old` has fired in the session
 * under way stay disarmed: they are percentages, which outlive a split.
 */
export const rebuild = (
  watch: Watch,
  symbol: string,
  bars: readonly Bar[],
  old: SlideState,
  calendar: Calendar,
): SlideState => {
  const through = old.folded;
  const past = through === undefined ? bars : bars.filter(({ session }) => session <= through);
  const { state } = foldBars(watch, symbol, past, { calendar });
  const drawdown = Object.fromEntries(
    watch.rules.drawdown.map(({ window }) => [window, deeperTrack(state.drawdown[window], old.drawdown[window])]),
  );
  const fallen = deeperFall(state.fallen, old.fallen);
  return {
    ...state,
    ...(fallen && { fallen }),
    ...(old.joined !== undefined && { joined: old.joined }),
    ...(old.primed !== undefined && { primed: old.primed }),
    drawdown,
    ...(state.value && { value: deeperTrack(state.value, old.value) }),
    ...(old.day && { day: old.day }),
    ...(old.within && { within: withoutHighs(old.within) }),
    ...(old.prices && { prices: old.prices }),
    ...(watch.rules.rise ? state.rise && { rise: deeperTrack(state.rise, old.rise) } : keptRises(old)),
    ...(old.dayRise && { dayRise: old.dayRise }),
  };
};

/**
 * Folds the closes since the last folded session; returns the same state object if there are none. The close of the
 * session that was under way when watching began raises nothing, like its first quote.
 */
export const catchUp = (
  watch: Watch,
  symbol: string,
  bars: readonly Bar[],
  state: SlideState,
  calendar: Calendar,
): FoldResult => {
  const { folded, joined } = state;
  const from = folded === undefined ? 0 : bars.findLastIndex(({ session }) => session <= folded) + 1;
  const step = foldBars(watch, symbol, bars, { state, from, calendar, withPrices: true });
  if (joined === undefined || step.state === state || (step.state.folded ?? '') < joined) return step;
  const { joined: _, ...after } = step.state;
  const withoutJoined = <Item extends { session: string }>(items: readonly Item[]) =>
    items.filter(({ session }) => session !== joined);
  return { state: after, alerts: withoutJoined(step.alerts), recoveries: withoutJoined(step.recoveries) };
};

const DISARMED_BY: Readonly<Record<Alert['kind'], (state: SlideState, alert: Alert) => SlideState>> = {
  drawdown: (state, alert) => {
    if (alert.kind !== 'drawdown') return state;
    const { window, level, peakSession } = alert;
    const track = deeperTrack(state.drawdown[window], { disarmed: level });
    const fallen = window === YEAR_SESSIONS ? deeperFall(state.fallen, { level, peakSession }) : state.fallen;
    return { ...state, drawdown: { ...state.drawdown, [window]: track }, ...(fallen && { fallen }) };
  },
  value: (state, { level }) => ({ ...state, value: deeperTrack(state.value, { disarmed: level }) }),
  day: (state, { session, level }) => ({ ...state, day: { session, ...deeperTrack(undefined, { disarmed: level }) } }),
  within: (state) => state,
  price: (state) => state,
  rise: (state, { level }) => ({ ...state, rise: deeperTrack(state.rise, { disarmed: level }) }),
  'day-rise': (state, { session, level }) => ({
    ...state,
    dayRise: { session, ...deeperTrack(undefined, { disarmed: level }) },
  }),
};

/** Relative; closes of two units have one ratio, but for cents. */
const ONE_RATIO = 0.005;

/** Whether the closes of the last year are those of before in another unit, or in the same. */
const isRescaled = (before: readonly Bar[], bars: readonly Bar[]): boolean => {
  const closes = new Map(bars.map(({ session, close }) => [session, close]));
  const ratios = before.slice(-YEAR_SESSIONS).flatMap(({ session, close, origin }) => {
    const now = closes.get(session);
    return now === undefined || origin === 'quote' ? [] : [now / close];
  });
  const [first = 1] = ratios;
  return ratios.length > 0 && ratios.every((ratio) => isWithin(ratio, first, ONE_RATIO));
};

/** A track of closes alone, with what quotes had armed again since, unless it has just fired. */
const rearmed = <T extends Track>(folded: T, old: Track | undefined, fired: readonly Alert[]): T => {
  const known = Math.max(old?.disarmed ?? 0, ...fired.map(({ level }) => level));
  return { ...folded, disarmed: Math.min(folded.disarmed, known) };
};

/**
 * Folds the closes anew: those from session `from` on have changed, or, without `from`, the whole series is another one.
 * What quotes had fired stays disarmed, as if they had been folded in between; what closes had fired counts only if they
 * still do. Where only the unit has changed, what quotes had armed again stays armed. Returns the alerts from `from` on, and of closes that were not folded before, that nobody was told yet: none of
 * its kind and window, as deep or deeper, has fired in that session or since. What the bars before the change, `previous`,
 * raise too is no news, even if nobody was told: it had happened before watching began.
 */
export const refold = (
  watch: Watch,
  symbol: string,
  bars: readonly Bar[],
  old: SlideState,
  {
    from,
    told,
    previous,
    calendar,
  }: {
    readonly from: SessionDate | undefined;
    readonly told: readonly ToldAlert[];
    readonly previous: readonly Bar[];
    readonly calendar: Calendar;
  },
): FoldResult => {
  const foldedTo = old.folded ?? '';
  // What the first quote of the session under way has disarmed in silence is on no record: the next quote does it again.
  const joined = old.joined ?? old.primed;
  const before = previous.filter(({ session }) => session <= foldedTo);
  const own = told.filter(({ alert }) => alert.symbol === symbol);
  const known = [...own.map(({ alert }) => alert), ...foldBars(watch, symbol, before, { calendar }).alerts];
  const byQuotes = own.flatMap(({ alert, final }) => (final ? [] : alert));
  const disarm = (start: SlideState, isOf: (session: SessionDate) => boolean): SlideState =>
    byQuotes
      .filter(({ session }) => isOf(session))
      .reduce((disarmed, alert) => DISARMED_BY[alert.kind](disarmed, alert), start);
  const { state, alerts, recoveries } = foldBars(watch, symbol, bars, {
    calendar,
    beforeClose: (start, session) => disarm(start, (of) => of === session),
  });
  const last = bars.at(-1)?.session ?? '';
  const isTold = (alert: Alert): boolean =>
    known.some(
      (other) =>
        other.kind === alert.kind &&
        windowOf(other) === windowOf(alert) &&
        other.session >= alert.session &&
        other.level >= alert.level,
    );
  const isNew = (session: SessionDate): boolean =>
    session !== joined && (session > foldedTo || (from !== undefined && session >= from));
  const raised = alerts.filter((alert) => isNew(alert.session) && !isTold(alert));
  const folded = disarm(state, (of) => of > last);
  const raisedBy = (kind: Alert['kind'], window: number): Alert[] =>
    raised.filter((alert) => alert.kind === kind && windowOf(alert) === window);
  const kept: Partial<SlideState> = isRescaled(before, bars)
    ? {
        drawdown: Object.fromEntries(
          Object.entries(folded.drawdown).map(([key, track]) => {
            const window = Number(key);
            return [window, rearmed(track, old.drawdown[window], raisedBy('drawdown', window))];
          }),
        ),
        ...(folded.value && { value: rearmed(folded.value, old.value, raisedBy('value', YEAR_SESSIONS)) }),
        ...(folded.rise && { rise: rearmed(folded.rise, old.rise, raisedBy('rise', YEAR_SESSIONS)) }),
      }
    : {};
  return {
    state: {
      ...folded,
      ...kept,
      folded: foldedTo > last ? foldedTo : last,
      ...(joined !== undefined && joined > last && { joined }),
      ...(old.within && old.within.session > last && { within: withoutHighs(old.within) }),
      ...(old.prices && { prices: old.prices }),
      ...(!watch.rules.rise && keptRises(old)),
    },
    alerts: raised,
    recoveries: recoveries.filter(({ session }) => session > foldedTo),
  };
};
