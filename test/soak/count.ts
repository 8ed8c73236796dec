/** The cards of a channel compared with the expected ones, by name. */
export interface Counted {
  readonly delivered: number;
  readonly lost: readonly string[];
  /** Posted more than once. */
  readonly twice: readonly string[];
  /** Posted after a card that should have come later. */
  readonly outOfOrder: readonly string[];
  /** Posted but not expected. */
  readonly unasked: readonly string[];
}

/** Compares the cards of a channel with the expected ones. Names in `expected` are unique. */
export const countCards = (expected: readonly string[], actual: readonly string[]): Counted => {
  const place = new Map(expected.map((card, index) => [card, index]));
  const seen = new Set<string>();
  const [twice, outOfOrder, unasked]: [string[], string[], string[]] = [[], [], []];
  let furthest = -1;
  for (const card of actual) {
    const index = place.get(card);
    if (seen.has(card)) twice.push(card);
    else if (index === undefined) unasked.push(card);
    else if (index < furthest) outOfOrder.push(card);
    furthest = Math.max(furthest, index ?? furthest);
    seen.add(card);
  }
  const lost = expected.filter((card) => !seen.has(card));
  return { delivered: expected.length - lost.length, lost, twice, outOfOrder, unasked };
};

const faultsIn = ({ lost, twice, outOfOrder, unasked }: Counted): number =>
  lost.length + twice.length + outOfOrder.length + unasked.length;

/** Compares the cards of a channel with each of several outcomes (at least one) that are all right; returns the closest. */
export const countCardsEither = (outcomes: readonly (readonly string[])[], actual: readonly string[]): Counted =>
  outcomes
    .map((expected) => countCards(expected, actual))
    .reduce((best, other) => (faultsIn(other) < faultsIn(best) ? other : best));
