import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { Fall } from './falls.ts';
import type { SoakChannel } from './places.ts';

/** A fall that the bot has stored. Times in epoch milliseconds. */
export interface SeenFall extends Fall {
  /** When the bot saw it: the time of its alert. */
  readonly seenAt: number;
  /** When its deliveries were certainly written for every channel. */
  readonly storedAt: number;
}

/** Kinds of alert in a headline, by priority. */
export const HEADLINES = ['drawdown', 'value', 'day'];

const { rules: defaults } = loadWatchlist();
const isNew = (levels: readonly number[], { from, to }: Fall): boolean => levels.some((it) => it > from && it <= to);

/**
 * The kind of alert that heads the card of a fall in a channel; undefined if the channel gets none. Reimplemented here
 * independently of the bot: a level is crossed if it lies between the depth before and the depth after.
 */
export const headlineFor = ({ settings }: SoakChannel, fall: Fall): string | undefined => {
  const { symbol, lost } = fall;
  if (settings.without?.includes(symbol)) return undefined;
  const own = settings.rules?.[symbol] ?? settings.rules?.['*'];
  const rules = defaults[symbol === 'IXIC' ? 'index' : 'stock'];
  const kinds: readonly string[] = settings.kinds ?? ['drawdown', 'day'];
  const crossed = {
    drawdown: rules.drawdown.some(({ window, levels }) => isNew(own?.drawdown?.[window] ?? levels, fall)),
    value: lost !== undefined && Math.floor(lost.to / 500) > Math.floor(lost.from / 500),
    day: isNew(own?.day ?? rules.day, fall),
  };
  if (crossed.drawdown && kinds.includes('drawdown')) return 'drawdown';
  if (crossed.value && kinds.includes('drawdown')) return 'value';
  return crossed.day && kinds.includes('day') ? 'day' : undefined;
};

/** Names a fall by its symbol and price, unique within a soak. */
export const nameOf = (symbol: string, price: number): string =>
  `${symbol} ${price.toFixed(symbol === 'MAG7' ? 0 : 2)}`;

/** Names a card by its falls, sorted. */
export const cardName = (falls: readonly string[]): string => [...falls].sort().join(' + ');
