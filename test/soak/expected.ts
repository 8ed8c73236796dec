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

/** Slides of at least ROLLUP_SYMBOLS symbols within this time are one card; a slide waits this long for the others. */
const ROLLUP_WINDOW_MS = 120_000;
const ROLLUP_SYMBOLS = 3;
/** Kinds of alert in a headline, by priority. */
const HEADLINES = ['drawdown', 'value', 'day'];

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

/** A fall with the place of its headline. */
interface Waiting extends SeenFall {
  readonly rank: number;
}

/** The card of the first of these falls, and the falls that it leaves. `together` are those that may share a card. */
const firstCard = (waiting: readonly Waiting[], together: readonly Waiting[]): { card: string; left: Waiting[] } => {
  const bySymbol = Map.groupBy(together, (it) => it.symbol);
  const members =
    bySymbol.size >= ROLLUP_SYMBOLS ? together : together.filter((it) => it.symbol === waiting[0]?.symbol);
  const best = [...Map.groupBy(members, (it) => it.symbol).values()].map((of) =>
    of.reduce((one, other) => (other.rank < one.rank || (other.rank === one.rank && other.to >= one.to) ? other : one)),
  );
  return {
    card: cardName(best.map((it) => nameOf(it.symbol, it.price))),
    left: waiting.filter((it) => !members.includes(it)),
  };
};

const outcomesOf = (waiting: readonly Waiting[]): string[][] => {
  const [first] = waiting;
  if (!first) return [[]];
  const end = first.seenAt + ROLLUP_WINDOW_MS;
  const inTime = waiting.filter((it) => it === first || it.seenAt <= end);
  const certain = inTime.filter((it) => it === first || it.storedAt <= end);
  // The others are written one after the other.
  return Array.from({ length: inTime.length - certain.length + 1 }, (_, late) =>
    firstCard(waiting, inTime.slice(0, inTime.length - late)),
  ).flatMap(({ card, left }) => outcomesOf(left).map((cards) => [card, ...cards]));
};

/**
 * The cards that a channel should have, in order; `falls` oldest first. More than one outcome is right if a fall was seen
 * within the time of an earlier one's card, but perhaps written for this channel only when that was out.
 */
export const outcomesFor = (channel: SoakChannel, falls: readonly SeenFall[]): string[][] =>
  outcomesOf(
    falls.flatMap((fall) => {
      const headline = headlineFor(channel, fall);
      return headline === undefined ? [] : [{ ...fall, rank: HEADLINES.indexOf(headline) }];
    }),
  );
