import { join } from 'node:path';
import type { Bar } from '../../src/market/bar.ts';
import { parseBars } from '../../src/market/csv.ts';
import { toMicros } from '../../src/market/money.ts';
import { loadWatchlist, type Rules } from '../../src/market/watchlist.ts';
import { foldBars } from '../../src/slides/fold.ts';
import type { Alert } from '../../src/stories/alert.ts';
import { root } from '../../src/util/read-config.ts';

export const { rules: shipped } = loadWatchlist();

/** Real closes that ship with the product, 2022-01-03 to 2024-09-30; one file a symbol. */
export const sampleFolder = join(root, 'config/samples/summer-2024');

export const summer = (symbol: string): Bar[] => parseBars(join(sampleFolder, `${symbol}.csv`));

/** Session of the n-th close of a made-up series: consecutive days from 2001-01-01. */
export const sessionAt = (n: number): string => Temporal.PlainDate.from('2001-01-01').add({ days: n }).toString();

/** Bars of made-up closes, one a session from `sessionAt(0)` on. */
export const closing = (...prices: readonly number[]): Bar[] =>
  prices.map((price, n) => {
    const close = toMicros(price);
    return { session: sessionAt(n), open: close, high: close, low: close, close, volume: 0 };
  });

/** Rules of one drawdown window, by default without day levels; levels in percent. */
export const rulesOf = (window: number, levels: readonly number[], day: readonly number[] = [99]): Rules => ({
  drawdown: [{ window, levels: levels.map((it) => it * 100) }],
  day: day.map((it) => it * 100),
});

/** An alert in one line: `252/20 2024-07-30`, `day 2.5 2024-07-24`, `value 500 2024-07-11`. */
export const alertLine = (alert: Alert): string => {
  if (alert.kind === 'day') return `day ${alert.level / 100} ${alert.session}`;
  if (alert.kind === 'within') return `within ${alert.minutes}/${alert.level / 100} ${alert.session}`;
  if (alert.kind === 'price') return `${alert.side} ${alert.level / 1e6} ${alert.session}`;
  if (alert.kind === 'day-rise') return `day-rise ${alert.level / 100} ${alert.session}`;
  if (alert.kind === 'rise') return `rise ${alert.level / 100} ${alert.session}`;
  return alert.kind === 'value'
    ? `value ${alert.level} ${alert.session}`
    : `${alert.window}/${alert.level / 100} ${alert.session}`;
};

/** The alerts of a made-up series of closes, as `window/level @ n-th close`. */
export const firedAt = (rules: Rules, ...prices: readonly number[]): string[] => {
  const bars = closing(...prices);
  const indexOf = new Map(bars.map(({ session }, n) => [session, n]));
  return foldBars({ rules }, 'TEST', bars).alerts.map((alert) => {
    const [what = ''] = alertLine(alert).split(/ (?=\d{4}-)/);
    return `${what} @ ${indexOf.get(alert.session)}`;
  });
};
