import { LONGEST_GATHER_MS } from '../../src/stories/slide-window.ts';
import { cardName, HEADLINES, headlineFor, nameOf, passesPrice, type SeenFall } from './expected.ts';
import type { SoakChannel } from './places.ts';

/** The cards of a channel compared with the falls that it should have been told of. All but `delivered` are names. */
export interface Counted {
  /** Falls that a card shows, or a card of a deeper fall of the symbol. */
  readonly delivered: number;
  readonly lost: readonly string[];
  /** Falls on more than one card. */
  readonly twice: readonly string[];
  /** Cards that came after one of a later fall. */
  readonly outOfOrder: readonly string[];
  /** Falls that the channel did not ask for. */
  readonly unasked: readonly string[];
}

/** A fall with the place of its headline. */
interface Wanted extends SeenFall {
  readonly rank: number;
  /** Whether it passes a price that the channel has set, or is a rise: nothing else stands for it, and it for nothing else. */
  readonly isAlone: boolean;
}

/** Whether a card that shows `shown` tells of `fall` as well: of falls that wait together the deepest is shown. */
const tellsOf = (shown: Wanted, fall: Wanted): boolean =>
  shown.symbol === fall.symbol &&
  !shown.isAlone &&
  !fall.isAlone &&
  (shown.rank < fall.rank || (shown.rank === fall.rank && shown.to >= fall.to)) &&
  Math.abs(shown.seenAt - fall.seenAt) <= LONGEST_GATHER_MS + (fall.storedAt - fall.seenAt);

/** Compares the cards that a channel got, in order, each as the names of its falls. */
export const countCards = (
  channel: SoakChannel,
  falls: readonly SeenFall[],
  cards: readonly (readonly string[])[],
): Counted => {
  const wanted = new Map(
    falls.flatMap((fall): [string, Wanted][] => {
      const headline = headlineFor(channel, fall);
      const name = nameOf(fall.symbol, fall.price);
      return headline === undefined
        ? []
        : [
            [
              name,
              {
                ...fall,
                rank: HEADLINES.indexOf(headline),
                isAlone: fall.rise !== undefined || passesPrice(channel, fall),
              },
            ],
          ];
    }),
  );
  const times = new Map<string, number>();
  for (const name of cards.flat()) times.set(name, (times.get(name) ?? 0) + 1);
  const shown = [...wanted].flatMap(([name, fall]) => (times.has(name) ? fall : []));
  const lost = [...wanted].flatMap(([name, fall]) =>
    times.has(name) || shown.some((it) => tellsOf(it, fall)) ? [] : name,
  );
  const isShown = (fall: Wanted): boolean => times.has(nameOf(fall.symbol, fall.price));
  /** When the first fall was seen that a card tells of. */
  const beginOf = (card: readonly string[]): number => {
    const on = card.flatMap((name) => wanted.get(name) ?? []);
    const told = [...wanted.values()].filter((fall) => !isShown(fall) && on.some((it) => tellsOf(it, fall)));
    return Math.min(...[...on, ...told].map(({ seenAt }) => seenAt));
  };
  const outOfOrder = cards.filter((card, place) => {
    const on = card.flatMap((name) => wanted.get(name) ?? []);
    const latest = Math.max(...on.map(({ seenAt }) => seenAt));
    return on.length > 0 && cards.slice(0, place).some((before) => beginOf(before) > latest);
  });
  const unasked = cards.flatMap((card) => card.filter((name) => !wanted.has(name)));
  return {
    delivered: wanted.size - lost.length,
    lost,
    twice: [...times].flatMap(([name, count]) => (count > 1 ? name : [])),
    outOfOrder: outOfOrder.map(cardName),
    unasked,
  };
};
