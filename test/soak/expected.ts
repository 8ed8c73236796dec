import { loadWatchlist } from '../../src/market/watchlist.ts';
import type { Fall } from './falls.ts';
import type { SoakChannel } from './places.ts';

/** A fall, and when the bot has taken note of it. */
export interface SeenFall extends Fall {
  readonly seenAt: number;
}

/** Milliseconds in which slides of three symbols are one card, and which a slide waits for the others. */
const TOGETHER_MS = 120_000;
const TOGETHER = 3;
/** What a headline is made of, the most telling first. */
const HEADLINES = ['drawdown', 'value', 'day'];

const { rules: defaults } = loadWatchlist();
const isNew = (levels: readonly number[], { from, to }: Fall): boolean => levels.some((it) => it > from && it <= to);

/**
 * What the card of a fall is headed by in a channel; undefined where the channel is not told. Said anew here, without
 * the bot's own rules: a level is told where it lies between the depth before and the depth after.
 */
export const headlineFor = ({ settings }: SoakChannel, fall: Fall): string | undefined => {
  const { symbol, lost } = fall;
  if (settings.without?.includes(symbol)) return undefined;
  const own = settings.rules?.[symbol] ?? settings.rules?.['*'];
  const rules = defaults[symbol === 'IXIC' ? 'index' : 'stock'];
  const kinds: readonly string[] = settings.kinds ?? ['drawdown', 'day'];
  const told = {
    drawdown: rules.drawdown.some(({ window, levels }) => isNew(own?.drawdown?.[window] ?? levels, fall)),
    value: lost !== undefined && Math.floor(lost.to / 500) > Math.floor(lost.from / 500),
    day: isNew(own?.day ?? rules.day, fall),
  };
  if (told.drawdown && kinds.includes('drawdown')) return 'drawdown';
  if (told.value && kinds.includes('drawdown')) return 'value';
  return told.day && kinds.includes('day') ? 'day' : undefined;
};

/** Names a fall by its symbol and price: no two of a soak are alike. */
export const nameOf = (symbol: string, price: number): string =>
  `${symbol} ${price.toFixed(symbol === 'MAG7' ? 0 : 2)}`;

/** Names a card by the falls that it tells, in no order. */
export const cardName = (falls: readonly string[]): string => [...falls].sort().join(' + ');

/** The cards that a channel should have, in order, of all that has fallen (oldest first). */
export const cardsFor = (channel: SoakChannel, falls: readonly SeenFall[]): string[] => {
  let waiting = falls.flatMap((fall) => {
    const headline = headlineFor(channel, fall);
    return headline === undefined ? [] : [{ ...fall, rank: HEADLINES.indexOf(headline) }];
  });
  const cards: string[] = [];
  for (let [first] = waiting; first; [first] = waiting) {
    const { seenAt, symbol } = first;
    const together = waiting.filter((it) => it.seenAt <= seenAt + TOGETHER_MS);
    const bySymbol = Map.groupBy(together, (it) => it.symbol);
    const told = bySymbol.size >= TOGETHER ? together : together.filter((it) => it.symbol === symbol);
    const best = [...Map.groupBy(told, (it) => it.symbol).values()].map((of) =>
      of.reduce((one, other) =>
        other.rank < one.rank || (other.rank === one.rank && other.to >= one.to) ? other : one,
      ),
    );
    cards.push(cardName(best.map((it) => nameOf(it.symbol, it.price))));
    waiting = waiting.filter((it) => !told.includes(it));
  }
  return cards;
};
