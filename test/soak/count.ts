/** What a channel got, against what it should have. Cards by their names, in order. */
export interface Counted {
  readonly delivered: number;
  readonly lost: readonly string[];
  /** There once more than they should be. */
  readonly twice: readonly string[];
  /** There after one that should have come later. */
  readonly outOfOrder: readonly string[];
  /** There, and nobody should have them. */
  readonly unasked: readonly string[];
}

/** No card name stands in `expected` twice. */
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
