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
export const HEADLINES = ['drawdown', 'value', 'day', 'within', 'price', 'rise', 'day-rise'];

const { rules: defaults } = loadWatchlist();
const isNew = (levels: readonly number[], { from, to }: Fall): boolean => levels.some((it) => it > from && it <= to);

/** The price before a fall: it is measured from the peak. */
const priceBefore = ({ price, from, to }: Fall): number => (price / (1 - to / 10_000)) * (1 - from / 10_000);

/** Whether a fall passes a price that a channel has set: that is told by no other card. */
export const passesPrice = ({ settings }: SoakChannel, fall: Fall): boolean =>
  fall.rise === undefined &&
  !settings.without?.includes(fall.symbol) &&
  (settings.rules?.[fall.symbol]?.price ?? []).some(
    ({ price }) => fall.price < price / 1e6 && priceBefore(fall) >= price / 1e6,
  );

/** The rise that heads a card in a channel: from the low of a year before that of a day. */
const headlineOfRise = ({ settings: { rules } }: SoakChannel, symbol: string, rise: number): string | undefined => {
  const all = { ...rules?.['*'], ...rules?.[symbol] };
  if (all.rise?.some((level) => level <= rise)) return 'rise';
  return all.dayRise?.some((level) => level <= rise) ? 'day-rise' : undefined;
};

/**
 * The kind of alert that heads the card of a fall in a channel; undefined if the channel gets none. Reimplemented here
 * independently of the bot: a level is crossed if it lies between the depth before and the depth after.
 */
export const headlineFor = (channel: SoakChannel, fall: Fall): string | undefined => {
  const { settings } = channel;
  const { symbol, lost } = fall;
  if (settings.without?.includes(symbol)) return undefined;
  if (fall.rise !== undefined) return headlineOfRise(channel, symbol, fall.rise);
  const own = settings.rules?.[symbol] ?? settings.rules?.['*'];
  // All happens within two hours, which begin at the peak, or at a high above it.
  const within = { ...settings.rules?.['*']?.within, ...settings.rules?.[symbol]?.within }[120] ?? [];
  const rules = defaults[symbol === 'IXIC' ? 'index' : 'stock'];
  const kinds: readonly string[] = settings.kinds ?? ['drawdown', 'day'];
  const crossed = {
    drawdown: rules.drawdown.some(({ window, levels }) => isNew(own?.drawdown?.[window] ?? levels, fall)),
    value: lost !== undefined && Math.floor(lost.to / 500) > Math.floor(lost.from / 500),
    day: isNew(own?.day ?? rules.day, fall),
  };
  if (crossed.drawdown && kinds.includes('drawdown')) return 'drawdown';
  if (crossed.value && kinds.includes('drawdown')) return 'value';
  if (crossed.day && kinds.includes('day')) return 'day';
  if (isNew(within, { ...fall, ...fall.belowHigh })) return 'within';
  return passesPrice(channel, fall) ? 'price' : undefined;
};

/** Names a fall by its symbol and price, unique within a soak. */
export const nameOf = (symbol: string, price: number): string =>
  `${symbol} ${price.toFixed(symbol === 'MAG7' ? 0 : 2)}`;

/** Names a card by its falls, sorted. */
export const cardName = (falls: readonly string[]): string => [...falls].sort().join(' + ');

/** Whether a channel is told of falls after the bell. */
export const wantsAfterHours = ({ settings }: SoakChannel, symbol: string): boolean =>
  settings.afterHours !== false &&
  !settings.without?.includes(symbol) &&
  (settings.kinds ?? ['day']).includes('day') &&
  (settings.rules?.[symbol]?.day ?? settings.rules?.['*']?.day ?? defaults.stock.day).length > 0;

/** Whether a channel is told of what changes on the bill. */
export const wantsBill = ({ settings }: SoakChannel, symbol: string): boolean =>
  !settings.without?.includes(symbol) && (settings.kinds ?? ['bill']).includes('bill');
