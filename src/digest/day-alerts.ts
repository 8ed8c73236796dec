import type { SessionDate } from '../market/calendar.ts';
import type { Watchlist } from '../market/watchlist.ts';
import { atLevelsOf, ruleOf } from '../slides/alert-kinds.ts';
import { foldBars } from '../slides/fold.ts';
import type { Alert } from '../stories/alert.ts';
import type { SymbolBars } from './moves.ts';

/** The alert at the watchlist's own level, since a channel's levels may differ; empty if it crossed none of them. */
const atWatchlistLevels = (watchlist: Watchlist, alert: Alert): Alert[] =>
  [atLevelsOf(watchlist.rules[watchlist.symbols.get(alert.symbol)?.kind ?? 'stock'], alert)].flatMap((it) => it ?? []);

const keyOf = (alert: Alert): string => `${alert.symbol} ${ruleOf(alert)}`;

/**
 * A session's alerts for a digest: the deepest of each symbol, kind and window, at the watchlist's levels, in the order
 * of `symbols`. Alerts of other symbols are left out.
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
    for (const alert of atWatchlistLevels(watchlist, raised)) {
      const known = deepest.get(keyOf(alert));
      if (!known || known.level < alert.level) deepest.set(keyOf(alert), alert);
    }
  }
  return [...deepest.values()].sort((a, b) => symbols.indexOf(a.symbol) - symbols.indexOf(b.symbol));
};

/** The alerts that a session's closes alone would have raised; for sessions whose quotes were not watched. */
export const alertsFromCloses = (watchlist: Watchlist, symbols: readonly SymbolBars[], session: SessionDate): Alert[] =>
  symbols.flatMap(({ watched, bars }) => {
    const { kind, valueStep, symbol } = watched;
    const watch = { rules: watchlist.rules[kind], ...(valueStep !== undefined && { valueStep }) };
    return foldBars(watch, symbol, bars).alerts.filter((alert) => alert.session === session);
  });
