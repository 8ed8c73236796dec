import type { Bar } from '../market/bar.ts';
import { isWithin } from '../market/basis.ts';
import type { Calendar, SessionDate } from '../market/calendar.ts';
import { isRise, referencePrice, ruleOf } from '../slides/alert-kinds.ts';
import { foldBars, observationOfClose } from '../slides/fold.ts';
import { observe, type Watch } from '../slides/machine.ts';
import { closesOf } from '../slides/series.ts';
import type { ToldAlert } from '../store/alerts.ts';
import type { Alert } from '../stories/alert.ts';
import type { TrueClose, WithdrawalCause } from '../stories/withdrawal-story.ts';

/** An alert is withdrawn within so many sessions after its own. */
const SESSIONS = 5;

/** Prices that differ by no more than this share are of the same unit, and a smaller correction withdraws nothing. */
const SAME_PRICE = 0.02;

/** Alerts of one session that its bar does not raise. */
export interface FalseAlerts {
  readonly session: SessionDate;
  readonly cause: WithdrawalCause;
  readonly close?: TrueClose;
  /** At least one, as they fired. */
  readonly told: readonly ToldAlert[];
}

/** The close that an alert is measured from, as the bars have it now; undefined if they do not have it. */
const referenceIn = (bars: readonly Bar[], alert: Alert, calendar: Calendar): number | undefined => {
  if (alert.kind === 'within' || alert.kind === 'price') return undefined;
  if (alert.kind === 'rise') return bars.find(({ session }) => session === alert.lowSession)?.close;
  const isOfDay = alert.kind === 'day' || alert.kind === 'day-rise';
  const of = isOfDay ? calendar.knownPrevious(alert.session) : alert.peakSession;
  return bars.find(({ session }) => session === of)?.close;
};

/** What of an alert is another price now; undefined for neither. */
const causeOf = (
  bars: readonly Bar[],
  bar: Bar,
  { alert, final }: ToldAlert,
  calendar: Calendar,
): WithdrawalCause | undefined => {
  const reference = referenceIn(bars, alert, calendar);
  const isClose = final && !isWithin(bar.close, alert.price, SAME_PRICE);
  const isReference = reference !== undefined && !isWithin(reference, referencePrice(alert), SAME_PRICE);
  // A later split has divided both.
  if (isClose && isReference && isWithin(bar.close / alert.price, reference / referencePrice(alert), SAME_PRICE))
    return undefined;
  return isReference ? 'unit' : isClose ? 'close' : undefined;
};

/**
 * The rules that a session's bar fires at a price: as its close does, and, if quotes have fired some, as two of them do,
 * whose window is that of the closes before.
 */
const firedBy = (
  watch: Watch,
  symbol: string,
  bars: readonly Bar[],
  at: number,
  { price, byQuotes }: { readonly price: number; readonly byQuotes: boolean },
  calendar: Calendar,
): ReadonlySet<string> => {
  const { state } = foldBars(watch, symbol, bars.slice(0, at), { calendar });
  const closes = closesOf(bars, calendar);
  const observation = { ...observationOfClose(symbol, bars, closes, at, calendar), price };
  const { alerts } = observe(watch, state, closes, at, observation);
  if (!byQuotes) return new Set(alerts.map(ruleOf));
  const first = observe(watch, state, closes, at, { ...observation, final: false });
  const second = observe(watch, first.state, closes, at, { ...observation, final: false, tradeTime: 1 });
  return new Set([...alerts, ...second.alerts].map(ruleOf));
};

/** Whether an alert can be judged: those of rises are not while the unit of the prices is in doubt, and their rules rest. */
const isJudged = ({ rules }: Watch, { alert }: ToldAlert): boolean =>
  (alert.kind !== 'rise' || rules.rise !== undefined) && (alert.kind !== 'day-rise' || rules.dayRise !== undefined);

/** The first session whose alerts may still be withdrawn. */
export const withdrawableSince = (today: SessionDate, calendar: Calendar): SessionDate => {
  let since = today;
  for (let back = 0; back < SESSIONS; back += 1) since = calendar.previous(since);
  return since;
};

/**
 * Of the alerts that have fired in the last five sessions, those that were false: a price that they were made of is
 * another one in `bars`, and by them the session fires nothing of that kind and window, however shallow. A session is
 * judged once its source has its bar.
 */
export const findWithdrawn = (
  watch: Watch,
  symbol: string,
  bars: readonly Bar[],
  told: readonly ToldAlert[],
  today: SessionDate,
  calendar: Calendar,
): FalseAlerts[] => {
  const since = withdrawableSince(today, calendar);
  const own = told.filter((it) => it.alert.symbol === symbol && it.alert.session >= since && isJudged(watch, it));
  return [...Map.groupBy(own, ({ alert }) => alert.session)].flatMap(([session, ofSession]) => {
    const at = bars.findIndex((bar) => bar.session === session);
    const bar = bars[at];
    if (!bar || bar.origin !== undefined) return [];
    const causes = new Map(ofSession.map((it) => [it, causeOf(bars, bar, it, calendar)]));
    const byQuotes = !ofSession.every(({ final }) => final);
    const changed = ofSession.filter((it) => causes.get(it) !== undefined);
    const [rises, falls] = [true, false].map((up) => changed.filter(({ alert }) => isRise(alert) === up));
    const isFalse = (alerts: readonly ToldAlert[] = [], farthest: number): ToldAlert[] => {
      if (alerts.length === 0) return [];
      const price = byQuotes ? farthest : bar.close;
      const fired = firedBy(watch, symbol, bars, at, { price, byQuotes }, calendar);
      return alerts.filter(({ alert }) => !fired.has(ruleOf(alert)));
    };
    const untrue = [...isFalse(falls, Math.min(bar.low, bar.close)), ...isFalse(rises, Math.max(bar.high, bar.close))];
    const [first] = untrue;
    const cause = first && causes.get(first);
    const previous = bars.find((it) => it.session === calendar.knownPrevious(session))?.close;
    const close = previous === undefined ? {} : { close: { price: bar.close, previous } };
    return cause ? [{ session, cause, ...close, told: untrue }] : [];
  });
};
