import { normaliseText } from '../src/util/normalise-text.ts';

/** Something with one or more names that a person may type. */
export interface Nameable {
  readonly id: string;
  readonly names: readonly string[];
}

/** Typed text is cut to this length: more characters than any name has. */
const MAX_NAME_LENGTH = 40;
/** Largest relative distance, 0 to 1, for "did you mean". */
const MAX_LIKELY_DISTANCE = 0.5;
const MAX_SUGGESTIONS = 3;

/** Optimal string alignment: the number of insertions, deletions, changes and swaps of neighbours. */
export const editDistance = (a: string, b: string): number => {
  const [from, to] = [[...a], [...b]];
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of from.entries()) {
    const row = [i + 1];
    for (const [j, other] of to.entries()) {
      const changed = (last[j] ?? 0) + (letter === other ? 0 : 1);
      const swapped = i > 0 && j > 0 && letter === to[j - 1] && from[i - 1] === other;
      const cost = Math.min(changed, (last[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1);
      row.push(swapped ? Math.min(cost, (beforeLast[j - 1] ?? 0) + 1) : cost);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
};

/** A match with one word of a longer name is worse by this distance than one with the whole name. */
const WORD_PENALTY = 0.1;
/** Shorter words, such as articles, are not compared alone. */
const MIN_WORD_LENGTH = 4;

/** 0 for equal texts, 1 if every letter differs. */
const relativeDistance = (typed: string, name: string): number =>
  editDistance(typed, name) / Math.max([...typed].length, [...name].length, 1);

const distanceToName = (typed: string, name: string): number => {
  const parts = name.split(/[\s_,()-]+/).filter((part) => part !== name && part.length >= MIN_WORD_LENGTH);
  return Math.min(relativeDistance(typed, name), ...parts.map((part) => relativeDistance(typed, part) + WORD_PENALTY));
};

/** The three nearest candidates. `likely`: near enough to ask "did you mean". */
export const nearest = <T extends Nameable>(
  text: string,
  candidates: readonly T[],
): { readonly found: readonly T[]; readonly likely: boolean } => {
  const typed = [...normaliseText(text)].slice(0, MAX_NAME_LENGTH).join('');
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      distance: Math.min(...candidate.names.map((name) => distanceToName(typed, normaliseText(name)))),
    }))
    .sort((a, b) => a.distance - b.distance);
  const close = ranked.filter(({ distance }) => distance <= MAX_LIKELY_DISTANCE);
  const found = (close.length > 0 ? close : ranked).slice(0, MAX_SUGGESTIONS);
  return { found: found.map(({ candidate }) => candidate), likely: close.length > 0 };
};
