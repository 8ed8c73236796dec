import type { Split } from '../market/bar.ts';
import type { Micros } from '../market/money.ts';
import type { PriceRule, Rules } from '../market/watchlist.ts';
import type { PriceAlert } from '../stories/alert.ts';
import { advanceTrack } from './advance-track.ts';
import type { Observation } from './machine.ts';
import type { SlideState, Track } from './state.ts';

type Prices = SlideState['prices'];

/** What tells a price from others of its symbol: those set on one day mean the same after any split. */
export const priceKey = ({ side, price, day }: Pick<PriceRule, 'side' | 'price' | 'day'>): string =>
  `${side} ${price} ${day}`;

/** Prices of several channels in one: of equal ones that which was set last. */
export const mergedPrices = (all: readonly PriceRule[]): PriceRule[] => {
  const latest = new Map<string, PriceRule>();
  for (const rule of all) {
    const known = latest.get(priceKey(rule));
    if (!known || known.since < rule.since) latest.set(priceKey(rule), rule);
  }
  return [...latest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, rule]) => rule);
};

/** A price in today's unit: divided by the splits after the day on which it was set. */
export const priceNow = ({ price, day }: Pick<PriceRule, 'price' | 'day'>, splits: readonly Split[]): Micros =>
  splits
    .filter(({ session }) => session > day)
    .reduce((now, { numerator, denominator }) => Math.round((now * denominator) / numerator), price);

/** Whether a price that was set has fired since, so that it is off. */
export const isTold = (prices: Prices, rule: PriceRule): boolean =>
  (prices?.[priceKey(rule)]?.disarmed ?? 0) >= rule.since;

/** The tracks of prices that are still set. */
export const keptPrices = (prices: Prices, rules: Rules['price'] = []): Prices => {
  const keys = new Set(rules.map(priceKey));
  const kept = Object.entries(prices ?? {}).filter(([key]) => keys.has(key));
  return kept.length > 0 ? Object.fromEntries(kept) : undefined;
};

/**
 * Folds an observation into the prices that were set. In a track of theirs the level is when they were set, so that one that
 * has fired stays off until it is set again. Closes count from the day after, as nobody knows what was first on that day. A
 * price that may be wrong, or of another unit, is not looked at.
 */
export const observePrices = (
  rules: Rules['price'],
  state: Prices,
  observation: Observation,
): { readonly alerts: PriceAlert[]; readonly prices: Prices } => {
  const { symbol, session, price, final, keepsDisarmed } = observation;
  if (rules === undefined || keepsDisarmed) return { alerts: [], prices: rules && state };
  const alerts: PriceAlert[] = [];
  const prices: Record<string, Track> = {};
  for (const rule of rules) {
    const { side, day, since, price: set, target: level = set } = rule;
    const track = state?.[priceKey(rule)] ?? { disarmed: 0 };
    const isCounted = final ? session > day : session >= day;
    const isPast = side === 'below' ? price < level : price > level;
    const next = isCounted ? advanceTrack(track, observation, track.disarmed, isPast ? since : 0) : { track, fired: 0 };
    if (next.track.disarmed > 0 || next.track.pending) prices[priceKey(rule)] = next.track;
    if (next.fired === 0) continue;
    const told = track.disarmed > 0 ? { toldBefore: track.disarmed } : {};
    alerts.push({ kind: 'price', symbol, session, price, side, set, day, level, since: next.fired, ...told });
  }
  return { alerts, prices: Object.keys(prices).length > 0 ? prices : undefined };
};
