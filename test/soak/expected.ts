import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { Fall } from './falls.ts';
import type { SoakChannel } from './places.ts';

/** A fall that the bot has stored. Times in epoch milliseconds. */
export interface SeenFall extends Fall {
  /** When the bot saw it: the time of its alert. */
  readonly seenAt: number;
  /** When its alert was found in the database. */
  readonly foundAt: number;
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

/**
 * The expected cards of a channel, in order; `falls` oldest first. A fall shares the card of an earlier one if it was seen in
 * time, or, `by` foundAt, if it was also stored by then: the card may go out while the transaction is under way.
 */
export const cardsFor = (
  channel: SoakChannel,
  falls: readonly SeenFall[],
  by: 'seenAt' | 'foundAt' = 'seenAt',
): string[] => {
  let waiting = falls.flatMap((fall) => {
    const headline = headlineFor(channel, fall);
    return headline === undefined ? [] : [{ ...fall, rank: HEADLINES.indexOf(headline) }];
  });
  const cards: string[] = [];
  for (let [first] = waiting; first; [first] = waiting) {
    const { seenAt, symbol } = first;
    const together = waiting.filter((it) => it === first || it[by] <= seenAt + ROLLUP_WINDOW_MS);
    const bySymbol = Map.groupBy(together, (it) => it.symbol);
    const members = bySymbol.size >= ROLLUP_SYMBOLS ? together : together.filter((it) => it.symbol === symbol);
    const best = [...Map.groupBy(members, (it) => it.symbol).values()].map((of) =>
      of.reduce((one, other) =>
        other.rank < one.rank || (other.rank === one.rank && other.to >= one.to) ? other : one,
      ),
    );
    cards.push(cardName(best.map((it) => nameOf(it.symbol, it.price))));
    waiting = waiting.filter((it) => !members.includes(it));
  }
  return cards;
};
