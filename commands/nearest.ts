import { normalise } from './normalise.ts';

/** Something with names, any of which a person may have meant. */
export interface Nameable {
  readonly id: string;
  readonly names: readonly string[];
}

/** More letters than any name has; the rest of a long text changes nothing. */
const MAX_NAME_LENGTH = 40;
/** Share of the letters that may be wrong for "did you mean". */
const MAX_WRONG_SHARE = 0.5;
const MAX_SUGGESTIONS = 3;

/** Letters inserted, left out, changed, or swapped with their neighbour (optimal string alignment). */
export const editDistance = (a: string, b: string): number => {
  const [from, to] = [[...a], [...b]];
  let before: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [i, letter] of from.entries()) {
    const row = [i + 1];
    for (const [j, other] of to.entries()) {
      const changed = (last[j] ?? 0) + (letter === other ? 0 : 1);
      const swapped = i > 0 && j > 0 && letter === to[j - 1] && from[i - 1] === other;
      const cost = Math.min(changed, (last[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1);
      row.push(swapped ? Math.min(cost, (before[j - 1] ?? 0) + 1) : cost);
    }
    before = last;
    last = row;
  }
  return last[to.length] ?? 0;
};

/** A word of a longer name counts less than a whole name, and a short one, such as an article, does not count. */
const PART_PENALTY = 0.1;
const MIN_PART_LENGTH = 4;

/** 0 for the same text, 1 where every letter is wrong. */
const share = (typed: string, name: string): number =>
  editDistance(typed, name) / Math.max([...typed].length, [...name].length, 1);

const farness = (typed: string, name: string): number => {
  const parts = name.split(/[\s_,()-]+/).filter((part) => part !== name && part.length >= MIN_PART_LENGTH);
  return Math.min(share(typed, name), ...parts.map((part) => share(typed, part) + PART_PENALTY));
};

/** The three that a person most likely meant; `likely` tells whether "did you mean" is a fair question. */
export const nearest = <T extends Nameable>(
  text: string,
  candidates: readonly T[],
): { readonly found: readonly T[]; readonly likely: boolean } => {
  const typed = [...normalise(text)].slice(0, MAX_NAME_LENGTH).join('');
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      far: Math.min(...candidate.names.map((name) => farness(typed, normalise(name)))),
    }))
    .sort((a, b) => a.far - b.far);
  const close = ranked.filter(({ far }) => far <= MAX_WRONG_SHARE);
  const found = (close.length > 0 ? close : ranked).slice(0, MAX_SUGGESTIONS);
  return { found: found.map(({ candidate }) => candidate), likely: close.length > 0 };
};
