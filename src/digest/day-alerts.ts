import type { SessionDate } from '../market/calendar.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { foldBars } from '../slides/fold.ts';
import type { Alert } from '../stories/alert.ts';
import type { Record } from './moves.ts';

/** The levels that the watchlist has for an alert of this kind; undefined where any multiple of a step is one. */
const levelsFor = (watchlist: Watchlist, alert: Alert): readonly number[] | undefined => {
  const watched = watchlist.symbols.get(alert.symbol);
  if (alert.kind === 'value') return undefined;
  const rules = watchlist.rules[watched?.kind ?? 'stock'];
  if (alert.kind === 'day') return rules.day;
  return rules.drawdown.find(({ window }) => window === alert.window)?.levels ?? [];
};

/** The alert as the watchlist's own levels would have raised it: channels may have others. */
const byOwnLevels = (watchlist: Watchlist, alert: Alert): Alert[] => {
  const levels = levelsFor(watchlist, alert);
  if (!levels) return [alert];
  const level = levels.findLast((it) => it <= alert.level && it > (alert.above ?? 0));
  return level === undefined ? [] : [{ ...alert, level }];
};

const keyOf = (alert: Alert): string => `${alert.symbol} ${alert.kind} ${alert.kind === 'day' ? '' : alert.window}`;

/**
 * What a session's alerts come to for a digest: one for each symbol, kind and window, the deepest; by the levels of the
 * watchlist, of the symbols in it. In the order in which the symbols stand in `symbols`.
 */
export const dayAlerts = (
  watchlist: Watchlist,
  symbols: readonly string[],
  session: SessionDate,
  alerts: readonly Alert[],
): Alert[] => {
  const deepest = new Map<string, Alert>();
  for (const raised of alerts) {
    if (raised.session !== session || !symbols.includes(raised.symbol)) continue;
    for (const alert of byOwnLevels(watchlist, raised)) {
      const known = deepest.get(keyOf(alert));
      if (!known || known.level < alert.level) deepest.set(keyOf(alert), alert);
    }
  }
  return [...deepest.values()].sort((a, b) => symbols.indexOf(a.symbol) - symbols.indexOf(b.symbol));
};

/** The alerts that the closes of a session raised, where nobody was there to see the quotes. */
export const foldedAlerts = (watchlist: Watchlist, records: readonly Record[], session: SessionDate): Alert[] =>
  records.flatMap(({ watched, bars }) => {
    const { kind, valueStep, symbol } = watched;
    const watch = { rules: watchlist.rules[kind], ...(valueStep !== undefined && { valueStep }) };
    return foldBars(watch, symbol, bars).alerts.filter((alert) => alert.session === session);
  });
